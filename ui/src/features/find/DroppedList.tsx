import { Link } from "react-router";

import type { Ranking } from "../../api/types";
import { count } from "../../components/numbers";
import { paths } from "../../paths";
import { SiteMark } from "../sites/SiteMark";

/** Who is not ranked, and why. */
export function DroppedList({ answer: { dropped } }: { answer: Ranking }) {
  if (dropped.length === 0) return null;
  return (
    <details className="panel dropped">
      <summary>
        <h2>Not compared: {count(dropped.length, "candidate")}, with the reasons</h2>
      </summary>
      <ul>
        {dropped.map(({ id, site, flavor, split, reasons }) => (
          <li key={id}>
            <span>
              <SiteMark site={site.id} /> {site.name} <Link to={paths.flavor(flavor.id)}>{flavor.name}</Link>
              {split.length > 0 && ` (${split.map(({ value }) => String(value)).join(", ")})`}
            </span>
            <span className="text-body-secondary">{reasons.join(" ")}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
