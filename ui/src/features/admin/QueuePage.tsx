import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Alert, Button } from "react-bootstrap";
import { useSearchParams } from "react-router";

import type { Page, Submit } from "../../api/types";
import { ErrorNotice, Failure } from "../../components/ErrorNotice";
import { count } from "../../components/numbers";
import { restoreResult } from "../results/actions";
import { WAITING_SHOWN, admin } from "./queries";
import { QueueItem } from "./QueueItem";
import { QueueList } from "./QueueList";

/** What came of the last decision, and the result that it withdrew. */
export interface Decided {
  text: string;
  withdrawn?: string;
}

/** What waits for a decision: the list, and one entry with all that it takes to decide. */
export function Component() {
  const queryClient = useQueryClient();
  const [params, setParams] = useSearchParams();
  const waiting = useQuery(admin.waiting());
  const [decided, setDecided] = useState<Decided>();
  const [moved, setMoved] = useState(0);
  const place = useRef<HTMLHeadingElement>(null);
  const items = waiting.data?.items ?? [];
  const chosen = items.find(({ resource_id: id }) => id === params.get("item")) ?? items[0];

  useEffect(() => {
    if (moved > 0) place.current?.focus();
  }, [moved]);

  const finish = (item: Submit, outcome: Decided) => {
    const rest = items.filter((each) => each !== item);
    const next = rest[items.indexOf(item)] ?? rest.at(-1);
    queryClient.setQueryData<Page<Submit>>(admin.waiting().queryKey, (page) =>
      page ? { ...page, items: rest, total: page.total - 1 } : page,
    );
    setParams(next ? { item: next.resource_id } : {}, { replace: true, preventScrollReset: true });
    setDecided(outcome);
    setMoved((times) => times + 1);
    // What was decided changed lists everywhere; what is on screen now did not.
    void queryClient.invalidateQueries({ refetchType: "none" });
    void queryClient.invalidateQueries({ queryKey: ["reports", "submits"] });
  };

  if (!waiting.data) return waiting.error ? <Failure of={waiting} /> : <p aria-busy="true">Looking what waits…</p>;
  return (
    <>
      <Failure of={waiting} />
      <div role="status">{decided && <Outcome key={decided.text} decided={decided} />}</div>
      {chosen ? (
        <div className="queue">
          <div>
            <p className="text-body-secondary mb-2">
              {count(waiting.data.total, "entry", "entries")}, the longest waiting first
              {waiting.data.total > WAITING_SHOWN && `; the first ${WAITING_SHOWN} are shown`}
            </p>
            <QueueList items={items} chosen={chosen.resource_id} />
          </div>
          <QueueItem key={chosen.resource_id} item={chosen} heading={place} onDecided={finish} />
        </div>
      ) : (
        <div className="panel emptiness">
          <h2 ref={place} tabIndex={-1}>
            Nothing waits for a decision
          </h2>
          <p className="mb-0">New submissions and claims appear here by themselves.</p>
        </div>
      )}
    </>
  );
}

function Outcome({ decided: { text, withdrawn = "" } }: { decided: Decided }) {
  const restore = useMutation({ mutationFn: restoreResult });
  return (
    <Alert variant="success" className="d-flex flex-wrap gap-2 align-items-center py-2">
      {restore.isSuccess ? "The result is listed again." : text}
      {withdrawn && !restore.isSuccess && (
        <Button
          size="sm"
          variant="outline-secondary"
          disabled={restore.isPending}
          onClick={() => restore.mutate(withdrawn)}
        >
          Undo: restore the result
        </Button>
      )}
      {restore.isError && <ErrorNotice error={restore.error} />}
    </Alert>
  );
}
