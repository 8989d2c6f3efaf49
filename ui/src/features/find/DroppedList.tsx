import { useState } from "react";
import { Button } from "react-bootstrap";
import { Link } from "react-router";

import type { Ranking } from "../../api/types";
import { count } from "../../components/numbers";
import { paths } from "../../paths";
import { SiteMark } from "../sites/SiteMark";

type Dropped = Ranking["dropped"][number];

const FIRST = 8;

/** Who is not ranked, and why: the reasons that most share first. */
export function DroppedList({ answer: { dropped } }: { answer: Ranking }) {
  if (dropped.length === 0) return null;
  const groups = new Map<string, Dropped[]>();
  for (const each of dropped) {
    const reason = each.reasons.join(" ");
    groups.set(reason, [...(groups.get(reason) ?? []), each]);
  }
  const order = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  return (
    <details className="panel dropped">
      <summary>
        <h2>Not compared: {count(dropped.length, "candidate")}, with the reasons</h2>
      </summary>
      {order.map(([reason, members]) => (
        <Reason key={reason} reason={reason} members={members} />
      ))}
    </details>
  );
}

function Reason({ reason, members }: { reason: string; members: Dropped[] }) {
  const [all, setAll] = useState(false);
  return (
    <section className="dropped-reason" aria-label={reason}>
      <h3>
        {reason} <span className="unit">{count(members.length, "candidate")}</span>
      </h3>
      <ul>
        {(all ? members : members.slice(0, FIRST)).map(({ id, site, flavor, split }) => (
          <li key={id}>
            <SiteMark site={site.id} /> {site.name} <Link to={paths.flavor(flavor.id)}>{flavor.name}</Link>
            {split.length > 0 && ` (${split.map(({ value }) => String(value)).join(", ")})`}
          </li>
        ))}
      </ul>
      {members.length > FIRST && (
        <Button size="sm" variant="link" className="p-0" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST}` : `Show all ${members.length}`}
        </Button>
      )}
    </section>
  );
}
