import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Field } from "../../api/types";
import { decimalsFor, fixed } from "../../components/numbers";
import { paths } from "../../paths";
import { fieldName, headline, isNumeric, mainMachineFact, valueAt } from "../results/fields";
import { results } from "../results/queries";
import { viewParams } from "../results/view";

/** The leading results by the benchmark's main figure, if it says which way is better. Disputed ones are left out. */
export function Best({ benchmark, fields }: { benchmark: string; fields: Field[] }) {
  const metric = headline(fields);
  const size = mainMachineFact(fields);
  const sort_by = `${metric?.better === "higher" ? "-" : "+"}json.${metric?.path}`;
  const wanted = metric?.better !== undefined && isNumeric(metric);
  const { data } = useQuery({
    ...results.list({ benchmark_id: benchmark, sort_by, page: 1, per_page: 20 }),
    enabled: wanted,
  });
  if (!metric || !wanted || !data) return <div />;
  const undisputed = data.items.filter(({ claims_open: claims }) => !claims).slice(0, 8);
  const values = undisputed.map(({ json }) => Number(valueAt(json, metric.path)));
  return (
    <div>
      <h3>
        {fieldName(metric, fields)}, best first <span className="unit">({metric.better} is better)</span>
      </h3>
      <ol className="best">
        {undisputed.map(({ id, site, flavor, json }, place) => (
          <li key={id}>
            <Link to={paths.result(id)}>{flavor.name}</Link>
            <span className="where">
              {site.name}
              {size && `, ${sizeOf(json, size, fields)}`}
            </span>
            <span className="figure">
              {fixed(values[place] ?? Number.NaN, decimalsFor(values))} {metric.unit}
            </span>
          </li>
        ))}
      </ol>
      <Link to={`${paths.results}?${viewParams({ benchmark_id: benchmark, sort_by })}`}>See the whole order</Link>
    </div>
  );
}

/** "8 cores", or "CPU count 8" where no unit says what is counted. */
function sizeOf(json: unknown, field: Field, fields: Field[]): string {
  const value = String(valueAt(json, field.path) ?? "unknown");
  return field.unit ? `${value} ${field.unit}` : `${fieldName(field, fields)} ${value}`;
}
