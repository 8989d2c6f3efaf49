import { useQuery } from "@tanstack/react-query";

import { Failure } from "../../components/ErrorNotice";
import { Waiting } from "../catalogue/ItemPage";
import { Outside } from "../catalogue/Outside";
import { flavors } from "../flavors/queries";
import { sites } from "../sites/queries";
import { type Detail, Gone } from "./QueueItem";

export function WaitingSite({ id }: Detail) {
  const { data: site, error, refetch } = useQuery(sites.one(id));
  const offered = useQuery({ ...flavors.list(id, { page: 1, per_page: 100 }, "on_review"), enabled: site !== undefined });
  if (error) return <Gone error={error} onRetry={() => void refetch()} />;
  if (!site) return <Waiting what="site" />;
  const waiting = offered.data?.items ?? [];
  return (
    <section className="panel">
      <dl className="facts">
        <dt>Name</dt>
        <dd>{site.name}</dd>
        <dt>Address</dt>
        <dd>
          <Outside href={site.address} />
        </dd>
        <dt>Description</dt>
        <dd>{site.description ?? "none"}</dd>
        <dt>Flavors</dt>
        <dd>
          <Failure of={offered} />
          {waiting.length === 0 ? offered.data && "none yet" : waiting.map(({ name }) => name).join(", ")}
          {waiting.length > 0 && (
            <div className="small text-body-secondary">
              They wait too, each on its own. Rejecting the site rejects them with it.
            </div>
          )}
        </dd>
      </dl>
    </section>
  );
}
