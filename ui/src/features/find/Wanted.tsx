import { Link } from "react-router";

import type { Ranking } from "../../api/types";
import { paths } from "../../paths";
import type { Known } from "./known";
import { pathLabel } from "./labels";

/** Which runs would make this answer surer: an invitation to those who can run there. */
export function Wanted({ answer: { wanted }, known }: { answer: Ranking; known: Known }) {
  if (wanted.length === 0) return null;
  return (
    <section className="panel" aria-label="Wanted results">
      <h2>Results that would sharpen this answer</h2>
      <ul className="wanted">
        {wanted.map(({ candidate, name, path, benchmark_id: benchmark, reason }) => (
          <li key={`${candidate} ${benchmark} ${path}`}>
            <b>{name}</b>, {pathLabel(path, known.fields.get(benchmark) ?? [])} of {known.names.get(benchmark) ?? "…"}: {reason}
          </li>
        ))}
      </ul>
      <p className="mb-0">
        You can run there? <Link to={paths.instructions}>How to run a benchmark</Link> and <Link to={paths.submitResult}>submit the result</Link>.
      </p>
    </section>
  );
}
