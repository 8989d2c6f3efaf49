import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button, Form } from "react-bootstrap";

import type { Submit } from "../../api/types";
import { useDraft } from "../../components/useDraft";
import { admin, approve, reject } from "./queries";
import { Gone } from "./QueueItem";
import type { Decided } from "./QueuePage";

const WORDS = {
  submission: {
    yes: "Approve",
    no: "Reject",
    after: "Approving lists it for everyone. Rejecting removes it for good; the reason is mailed to who submitted it.",
    approved: "Approved",
    rejected: "Rejected",
  },
  claim: {
    yes: "Uphold: withdraw the result",
    no: "Dismiss: keep the result",
    after: "Both who claimed and who uploaded the result get a mail. A withdrawn result can be restored.",
    approved: "Upheld, and the result withdrawn",
    rejected: "Dismissed",
  },
};

interface Props {
  item: Submit;
  onDecided: (item: Submit, outcome: Decided) => void;
}

/** Approve, or reject with a reason, which stays typed whatever goes wrong. */
export function DecisionForm({ item, onDecided }: Props) {
  const { resource_id: id, resource_type: kind, name } = item;
  const words = WORDS[kind === "claim" ? "claim" : "submission"];
  const { draft, change, forget } = useDraft(`decision ${id}`, { reason: "" });
  const [missing, setMissing] = useState(false);
  const claim = useQuery({ ...admin.claim(id), enabled: kind === "claim" });
  const decision = useMutation({
    mutationFn: (yes: boolean) => (yes ? approve[kind](id) : reject[kind](id, draft.reason.trim() || null)),
    onSuccess: (_, yes) => {
      forget();
      const text = `${yes ? words.approved : words.rejected}: ${kind === "claim" ? "claim" : kind} “${name}”.`;
      onDecided(item, { text, withdrawn: yes && kind === "claim" ? claim.data?.resource_id : undefined });
    },
  });
  const refuse = () => {
    if (draft.reason.trim()) decision.mutate(false);
    else setMissing(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decision.mutate(true);
  };
  return (
    <Form className="panel decision" onSubmit={submit}>
      <Form.Group controlId={`reason-${id}`}>
        <Form.Label>Reason, if you {kind === "claim" ? "dismiss" : "reject"} it</Form.Label>
        <Form.Control
          as="textarea"
          rows={2}
          maxLength={2000}
          value={draft.reason}
          onChange={(event) => change({ reason: event.target.value })}
          isInvalid={missing && !draft.reason.trim()}
          aria-describedby={`reason-note-${id}`}
        />
        <Form.Text id={`reason-note-${id}`}>
          {missing && !draft.reason.trim() && (
            <span className="text-danger d-block">Say why: the person who sent it reads this.</span>
          )}
          {words.after}
        </Form.Text>
      </Form.Group>
      <div className="d-flex flex-wrap gap-2 mt-2">
        <Button type="submit" disabled={decision.isPending}>
          {words.yes}
        </Button>
        <Button variant="outline-danger" disabled={decision.isPending} onClick={refuse}>
          {words.no}
        </Button>
      </div>
      {decision.isError && <Gone error={decision.error} />}
    </Form>
  );
}
