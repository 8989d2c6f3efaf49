import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";

import type { Field } from "../../api/types";
import { decimalsFor, fixed } from "../../components/numbers";
import { paths } from "../../paths";
import { questionParams } from "../find/question";
import { fieldName, headline, isNumeric, mainMachineFact, valueAt } from "../results/fields";
import { PICTURE_LIMIT, results } from "../results/queries";
import { viewParams } from "../results/view";

/** The leading results by the benchmark's main figure, if it says which way is better. Disputed ones are left out. */
export function Best({ benchmark, fields }: { benchmark: string; fields: Field[] }) {
  const metric = headline(fields);
  const size = mainMachineFact(fields);
  const sort_by = `${metric?.better === "higher" ? "-" : "+"}json.${metric?.path}`;
  const wanted = metric?.better !== undefined && isNumeric(metric);
  const [params, setParams] = useSearchParams();
  const asked = params.get("size") ?? "";
  const all = useQuery(results.all({ benchmark_id: benchmark }, PICTURE_LIMIT));
  const sizes = size ? sizesIn(all.data?.items ?? [], size) : [];
  const chosen = sizes.find((each) => String(each) === asked);
  const filters = size && chosen !== undefined ? [`${size.path} == ${chosen}`] : [];
  const { data } = useQuery({
    ...results.list({ benchmark_id: benchmark, filters, sort_by, page: 1, per_page: 20 }),
    enabled: wanted,
  });
  if (!metric || !wanted || !data) return <div />;
  const choose = (value: string) =>
    setParams(value ? { size: value } : {}, { replace: true, preventScrollReset: true });
  const undisputed = data.items.filter(({ claims_open: claims }) => !claims).slice(0, 8);
  const values = undisputed.map(({ json }) => Number(valueAt(json, metric.path)));
  return (
    <div>
      <h3>
        {fieldName(metric, fields)}, best first <span className="unit">({metric.better} is better)</span>
      </h3>
      {size && sizes.length > 1 && (
        <fieldset className="sizes">
          <legend>{size.unit ? `With how many ${size.unit}` : fieldName(size, fields)}</legend>
          {["", ...sizes.map(String)].map((value) => (
            <button
              key={value}
              type="button"
              className="toggle"
              aria-pressed={value === (chosen === undefined ? "" : String(chosen))}
              onClick={() => choose(value)}
            >
              {value || "any"}
            </button>
          ))}
        </fieldset>
      )}
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
      <Link to={`${paths.find}?${questionParams({ metrics: [{ benchmark, path: metric.path, weight: 1 }], filters })}`}>
        How sure is that?
      </Link>{" "}
      · <Link to={`${paths.results}?${viewParams({ benchmark_id: benchmark, filters, sort_by })}`}>See the whole order</Link>
      {data.items.some(({ claims_open: claims }) => claims) && (
        <span className="small text-body-secondary">, disputed results included</span>
      )}
    </div>
  );
}

/** "8 cores", or "CPU count 8" where no unit says what is counted. */
function sizeOf(json: unknown, field: Field, fields: Field[]): string {
  const value = String(valueAt(json, field.path) ?? "unknown");
  return field.unit ? `${value} ${field.unit}` : `${fieldName(field, fields)} ${value}`;
}

const MOST_SIZES = 9;

/** The sizes that there are, the smallest first; of many, the most frequent. */
function sizesIn(items: { json: unknown }[], { path }: Field): number[] {
  const times = new Map<number, number>();
  for (const { json } of items) {
    const value = valueAt(json, path);
    if (typeof value === "number") times.set(value, (times.get(value) ?? 0) + 1);
  }
  const frequent = [...times].toSorted(([, a], [, b]) => b - a).slice(0, MOST_SIZES);
  return frequent.map(([value]) => value).toSorted((a, b) => a - b);
}
