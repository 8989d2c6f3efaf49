import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { Failure } from "../../components/ErrorNotice";
import { count } from "../../components/numbers";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { inReadingOrder } from "../results/fields";
import { results } from "../results/queries";
import { ResultsTable } from "../results/ResultsTable";
import { service } from "../service/queries";
import { Featured } from "./Featured";

const NEWEST = { sort_by: "-execution_datetime", page: 1, per_page: 5 };

export function Component() {
  const info = useQuery(service.info());
  const newest = useQuery(results.list(NEWEST));
  const featured = info.data?.featured;
  const declared = useQuery({ ...benchmarks.fields(featured?.id ?? ""), enabled: Boolean(featured) });
  const shared = info.data?.benchmarks === 1 ? inReadingOrder(declared.data?.items ?? []).slice(0, 3) : [];
  return (
    <>
      <title>EOSC Performance</title>
      <div className="hero">
        <h1>Where should I run my work?</h1>
        <p>
          Compare sites and machine types of the European Open Science Cloud by results of real benchmarks. Anyone can
          read them; registered people add their own.
        </p>
        <p className="hero-ways">
          <Link className="btn btn-primary" to={paths.find}>
            Find where to run
          </Link>
          <Link className="btn btn-outline-primary" to={paths.results}>
            Compare results
          </Link>
          <Link className="btn btn-outline-primary" to={paths.submitResult}>
            Submit your own
          </Link>
          <span className="text-body-secondary">
            {info.data ? (
              <>
                <Link to={paths.results}>{count(info.data.results, "result")}</Link> from{" "}
                <Link to={paths.sites}>{count(info.data.sites, "site")}</Link>, {count(info.data.flavors, "flavor")},{" "}
                <Link to={paths.benchmarks}>{count(info.data.benchmarks, "benchmark")}</Link>
              </>
            ) : (
              " "
            )}
          </span>
        </p>
      </div>
      {featured && <Featured benchmark={featured} />}
      <Failure of={info} />
      {info.isPending && <section className="panel featured-space" aria-busy="true" />}
      <div className="page-head">
        <h2>Newest results</h2>
        <Link to={paths.results}>All results</Link>
      </div>
      <Failure of={newest} />
      {newest.data?.total === 0 ? (
        <p className="emptiness">
          There are no results yet. <Link to={paths.submitResult}>Submit the first one</Link>
        </p>
      ) : newest.isLoadingError ? null : (
        <ResultsTable caption="Newest results" rows={newest.data?.items} expected={5} fields={shared} />
      )}
      {info.data && (info.data.links.length > 0 || info.data.support_email) && (
        <p className="text-body-secondary">
          Elsewhere:{" "}
          {info.data.links.map(({ title, url }) => (
            <a key={url} href={url} rel="noreferrer" className="me-3">
              {title}
            </a>
          ))}
          {info.data.support_email && <a href={`mailto:${info.data.support_email}`}>Ask {info.data.support_email}</a>}
        </p>
      )}
    </>
  );
}
