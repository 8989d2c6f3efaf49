import type { Ranking } from "../../api/types";
import { significant } from "../../components/numbers";
import { SiteMark } from "../sites/SiteMark";
import type { Known } from "./known";
import { pathLabel } from "./labels";
import { Term } from "./Term";

/** What nobody measured, computed from what is known: apart from the ranking, and never looking like it. */
export function Estimates({ answer: { estimates, recipe }, known }: { answer: Ranking; known: Known }) {
  if (!estimates) return null;
  return (
    <section className="panel estimates" aria-label="Estimates">
      <h2>
        Not measured: <Term name="estimate">estimates</Term>
      </h2>
      {estimates.length === 0 && <p className="mb-0">Nothing is missing that could be estimated from other results.</p>}
      <ul>
        {estimates.map(({ name, site, path, benchmark_id: benchmark, value, low, high, basis }) => {
          const unit = recipe.metrics.find((metric) => metric.path === path && metric.benchmark.id === benchmark)?.unit ?? "";
          return (
            <li key={`${name} ${benchmark} ${path}`}>
              <span>
                <SiteMark site={site.id} /> {name}, {pathLabel(path, known.fields.get(benchmark) ?? [])}:{" "}
                <i>
                  about {significant(value, 2)} {unit}
                </i>{" "}
                <span className="text-nowrap">
                  (between {significant(low, 2)} and {significant(high, 2)} {unit})
                </span>
              </span>
              <span className="text-body-secondary">{basis}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
