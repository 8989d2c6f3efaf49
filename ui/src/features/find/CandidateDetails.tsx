import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Candidate, Ranking } from "../../api/types";
import { count, significant } from "../../components/numbers";
import { RelativeTime } from "../../components/RelativeTime";
import { paths } from "../../paths";
import { service } from "../service/queries";
import { deployUrl } from "./deploy";
import { DriftChart } from "./DriftChart";
import type { Known } from "./known";
import { pathLabel } from "./labels";
import { Term } from "./Term";

interface Props {
  candidate: Candidate;
  answer: Ranking;
  known: Known;
}

/** What stands behind a candidate's place: each metric, its samples and age, the hardware, and where to go from here. */
export function CandidateDetails({ candidate, answer, known }: Props) {
  const { site, flavor, metrics, hardware, name } = candidate;
  const info = useQuery(service.info());
  return (
    <div className="candidate" role="group" aria-label={`Details of ${name}`}>
      <table className="table candidate-metrics">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" className="number">
              Value
            </th>
            <th scope="col">
              95 % <Term name="interval">interval</Term>
            </th>
            <th scope="col">From</th>
            <th scope="col">
              <Term name="repeats vary">Repeats vary</Term>
            </th>
            <th scope="col">Newest</th>
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric, place) => {
            const asked = answer.recipe.metrics[place];
            const unit = asked?.unit ? ` ${asked.unit}` : "";
            const fields = known.fields.get(metric.benchmark_id) ?? [];
            return (
              <tr key={`${metric.benchmark_id} ${metric.path}`}>
                <th scope="row">
                  {pathLabel(metric.path, fields)} <span className="unit">{asked?.title}</span>
                </th>
                <td className="number" data-label="Value">{isKnown(metric.value) ? `${significant(metric.value)}${unit}` : "no result"}</td>
                <td data-label="95 % interval">{isKnown(metric.low) && isKnown(metric.high) ? `${significant(metric.low, 5)} to ${significant(metric.high, 5)}${unit}` : "not known"}</td>
                <td data-label="From">
                  {metric.results ? <Link to={metric.results}>{runsText(metric)}</Link> : runsText(metric)}
                </td>
                <td data-label="Repeats vary">{isKnown(metric.repeats_vary) ? `${significant(metric.repeats_vary * 100, 2)} %` : "not known"}</td>
                <td data-label="Newest">{metric.newest ? <RelativeTime at={metric.newest} /> : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {hardware.length > 0 && (
        <dl className="facts hardware">
          {hardware.map(({ path, values }) => (
            <div key={path}>
              <dt>{pathLabel(path, known.first, true)}</dt>
              <dd>{values.map(String).join("; ")}</dd>
            </div>
          ))}
        </dl>
      )}
      {metrics
        .filter(({ drift, runs }) => drift && runs > 1)
        .map(({ path, benchmark_id: benchmark, drift }) => (
          <DriftChart key={`${benchmark} ${path}`} address={drift ?? ""} title={pathLabel(path, known.fields.get(benchmark) ?? [])} />
        ))}
      {site && flavor && (
        <p className="candidate-ways">
          {info.data?.deploy_url && (
            <a className="btn btn-sm btn-primary" href={deployUrl(info.data.deploy_url, site.name, flavor.name)} rel="noreferrer">
              Deploy there
            </a>
          )}
          <Link to={paths.flavor(flavor.id)}>About {flavor.name}</Link>
          <Link to={paths.site(site.id)}>About {site.name}</Link>
        </p>
      )}
    </div>
  );
}

const isKnown = (value: number | null | undefined): value is number => value !== undefined && value !== null;

const runsText = ({ runs, samples }: { runs: number; samples?: number | null }) =>
  count(runs, "run") + (samples ? `, ${count(samples, "sample")}` : "");
