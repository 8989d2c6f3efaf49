import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { paths } from "../../paths";
import { Waiting } from "../catalogue/ItemPage";
import { StatusBadge } from "../catalogue/StatusBadge";
import { flavors } from "../flavors/queries";
import { type Detail, Gone } from "./QueueItem";

export function WaitingFlavor({ id }: Detail) {
  const { data: flavor, error, refetch } = useQuery(flavors.placed(id));
  if (error) return <Gone error={error} onRetry={() => void refetch()} />;
  if (!flavor) return <Waiting what="flavor" />;
  return (
    <section className="panel">
      <dl className="facts">
        <dt>Name</dt>
        <dd>{flavor.name}</dd>
        <dt>Site</dt>
        <dd>
          <Link to={paths.site(flavor.site.id)}>{flavor.site.name}</Link> <StatusBadge status={flavor.site.status} />
          {flavor.site.status === "on_review" && (
            <div className="small text-body-secondary">Decide on the site first.</div>
          )}
        </dd>
        <dt>Description</dt>
        <dd>{flavor.description ?? "none"}</dd>
      </dl>
    </section>
  );
}
