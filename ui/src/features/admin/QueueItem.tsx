import { useQueryClient } from "@tanstack/react-query";
import type { ComponentType, RefObject } from "react";

import { Problem } from "../../api/problem";
import type { Submit } from "../../api/types";
import { ErrorNotice } from "../../components/ErrorNotice";
import { RelativeTime } from "../../components/RelativeTime";
import { DecisionForm } from "./DecisionForm";
import type { Kind } from "./queries";
import type { Decided } from "./QueuePage";
import { WaitingBenchmark } from "./WaitingBenchmark";
import { WaitingClaim } from "./WaitingClaim";
import { WaitingFlavor } from "./WaitingFlavor";
import { WaitingSite } from "./WaitingSite";

export interface Detail {
  id: string;
}

const DETAILS: Record<Kind, ComponentType<Detail>> = {
  benchmark: WaitingBenchmark,
  site: WaitingSite,
  flavor: WaitingFlavor,
  claim: WaitingClaim,
};

interface Props {
  item: Submit;
  heading: RefObject<HTMLHeadingElement | null>;
  onDecided: (item: Submit, outcome: Decided) => void;
}

/** One entry of the queue: who, when, the thing itself, and the decision. */
export function QueueItem({ item, heading, onDecided }: Props) {
  const { resource_id: id, resource_type: kind, name, uploader, upload_datetime: at } = item;
  const Details = DETAILS[kind];
  return (
    <article className="queue-item">
      <h2 ref={heading} tabIndex={-1} className="break">
        {kind === "claim" ? "Claim on a result" : `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${name}`}
      </h2>
      <p className="text-body-secondary">
        by{" "}
        {uploader ? <a href={`mailto:${uploader.email}`}>{uploader.email}</a> : "someone who was removed"},{" "}
        <RelativeTime at={at} exactToo />
      </p>
      <Details id={id} />
      <DecisionForm item={item} onDecided={onDecided} />
    </article>
  );
}

/** Why a waiting thing can't be shown or decided. Another admin may have been faster. */
export function Gone({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const queryClient = useQueryClient();
  if (!(error instanceof Problem) || error.status !== 404) return <ErrorNotice error={error} onRetry={onRetry} />;
  return (
    <ErrorNotice
      error={new Problem(404, "This waits no longer", "Someone else decided it, or it was removed.")}
      onRetry={() => void queryClient.invalidateQueries({ queryKey: ["reports"] })}
    />
  );
}
