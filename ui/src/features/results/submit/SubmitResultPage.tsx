import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Alert, Button, Form } from "react-bootstrap";
import { Link } from "react-router";

import { Problem } from "../../../api/problem";
import type { Result } from "../../../api/types";
import { ErrorNotice } from "../../../components/ErrorNotice";
import { focus } from "../../../components/focus";
import { JsonInput } from "../../../components/json/JsonInput";
import { mistakeAt } from "../../../components/TextField";
import { Title } from "../../../components/Title";
import { useDraft } from "../../../components/useDraft";
import { paths } from "../../../paths";
import { RegisteredOnly } from "../../users/RegisteredOnly";
import { AddDialogs, type Adding } from "./AddDialogs";
import { CheckState } from "./CheckState";
import { BLANK, type Draft, nextOf, targetOf, withTagNames } from "./draft";
import { submitResult } from "./queries";
import { useCheck } from "./useCheck";
import { useStart } from "./useStart";
import { WhatRan } from "./WhatRan";
import { WhenRan } from "./WhenRan";

export function Component() {
  const { draft, change, forget } = useDraft<Draft>("result", BLANK);
  useStart(draft, change);
  const checked = useCheck(draft);
  const [adding, setAdding] = useState<Adding>();
  const queryClient = useQueryClient();
  const target = targetOf(draft);
  const submission = useMutation({
    mutationFn: async () => {
      if (!target) throw new Error("Something is missing in the form.");
      return submitResult(target, draft);
    },
    onSuccess: () => {
      forget(nextOf(draft));
      void queryClient.invalidateQueries();
    },
  });
  /** Another document is another request: it gets a key of its own. */
  const edit = (patch: Partial<Draft>) => {
    change({ ...patch, key: crypto.randomUUID() });
    if (submission.error) submission.reset();
  };
  const wrongTime = mistakeAt(submission.error ?? checked.problem ?? null, "execution_datetime");
  const refusal = submission.error instanceof Problem ? withTagNames(submission.error, draft) : submission.error;
  if (submission.data) return <Stored result={submission.data} onAnother={() => submission.reset()} />;
  return (
    <>
      <Title>Submit a result</Title>
      <h1>Submit a result</h1>
      <p>
        The JSON that a benchmark printed, and where and when it ran. It is listed at once, in public.{" "}
        <Link to={`${paths.instructions}#run`}>How to run a benchmark</Link>
      </p>
      <Form
        className="submit-form"
        onSubmit={(event) => {
          event.preventDefault();
          submission.mutate();
        }}
      >
        <div>
          <WhatRan draft={draft} onChange={edit} onAdd={setAdding} />
          <WhenRan ran={draft} onChange={edit} mistake={wrongTime} />
        </div>
        <div>
          <JsonInput
            label="JSON"
            value={draft.json}
            onChange={(json) => edit({ json })}
            mistakes={checked.mistakes}
            help="Drop a file here, choose one, or paste what the benchmark printed."
            state={<CheckState draft={draft} checked={checked} />}
          />
          <RegisteredOnly to="submit a result" typed>
            {refusal && <ErrorNotice error={refusal} />}
            <Button type="submit" disabled={submission.isPending || checked.mistakes.length > 0 || !draft.json.trim()}>
              {submission.isPending ? "Submitting…" : "Submit the result"}
            </Button>
          </RegisteredOnly>
        </div>
      </Form>
      <AddDialogs
        adding={adding}
        site={draft.site}
        onTag={({ id, name }) => edit({ tags: [...draft.tags, { id, name }] })}
        onLeave={() => setAdding(undefined)}
      />
    </>
  );
}

function Stored({ result, onAnother }: { result: Result; onAnother: () => void }) {
  return (
    <>
      <Title>Result submitted</Title>
      <h1>Your result is stored</h1>
      <Alert variant="success">
        {result.benchmark.name} on {result.flavor.name} at {result.site.name} is listed now.
      </Alert>
      <p className="d-flex flex-wrap gap-2">
        <Link ref={focus} className="btn btn-primary" to={paths.result(result.id)}>
          See the result
        </Link>
        <Button variant="outline-secondary" onClick={onAnother}>
          Submit another
        </Button>
        <Link className="btn btn-outline-secondary" to={`${paths.results}?benchmark_id=${result.benchmark.id}`}>
          Compare it
        </Link>
      </p>
    </>
  );
}
