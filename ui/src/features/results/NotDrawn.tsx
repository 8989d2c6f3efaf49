import type { Skipped } from "../../charts/points";
import { count } from "../../components/numbers";
import { ResultLink } from "./ResultLink";

const MOST = 100;

/** The results that a chart can't show, by the reason; each leads to its page. */
export function NotDrawn({ skipped }: { skipped: Skipped[] }) {
  return skipped.map(({ reason, results }) => (
    <details key={reason} className="not-drawn">
      <summary>
        {count(results.length, "result")} not drawn: {reason}.
      </summary>
      <ul>
        {results.slice(0, MOST).map(({ id, site, flavor }) => (
          <li key={id}>
            <ResultLink id={id}>
              {flavor.name} at {site.name}
            </ResultLink>
          </li>
        ))}
        {results.length > MOST && <li>and {count(results.length - MOST, "other")}</li>}
      </ul>
    </details>
  ));
}
