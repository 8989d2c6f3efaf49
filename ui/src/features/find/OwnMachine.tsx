import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button, CloseButton, Form } from "react-bootstrap";

import { Problem } from "../../api/problem";
import { ErrorNotice } from "../../components/ErrorNotice";
import { JsonInput } from "../../components/json/JsonInput";
import { mistakesAt, mistakesOfSyntax } from "../../components/json/places";
import type { Known } from "./known";
import { MOST_RUNS, type OwnDraft } from "./own";
import { type OwnRun, tryOwn } from "./queries";
import { MINE, type Question } from "./question";

interface Props {
  question: Question;
  known: Known;
  draft: OwnDraft;
  onDraft: (change: Partial<OwnDraft>) => void;
  onChange: (change: Partial<Question>) => void;
}

/** The asker's own machine as a candidate: results that stay in this tab, sent along with the question. */
export function OwnMachine({ question, known, draft: { runs, text }, onDraft, onChange }: Props) {
  const ids = [...known.names.keys()];
  const [wanted, setBenchmark] = useState("");
  const [open, setOpen] = useState(text !== "");
  const benchmark = ids.includes(wanted) ? wanted : (ids[0] ?? "");
  const counted = runs.filter(({ benchmark_id: id }) => ids.includes(id));
  const attempt = useMutation({
    mutationFn: (run: OwnRun) => tryOwn({ ...question, baseline: "" }, [...counted, run]),
    onSuccess: (_, run) => {
      onDraft({ runs: [...runs, run], text: "" });
      setOpen(false);
      if (runs.length === 0) onChange({ baseline: MINE });
    },
  });
  const syntax = text.trim() ? mistakesOfSyntax(text) : [];
  const refused = attempt.error instanceof Problem ? attempt.error : undefined;
  const place = `/documents/${counted.length}/json`;
  const inside = (refused?.errors ?? [])
    .filter(({ pointer }) => pointer?.startsWith(place))
    .map(({ detail, pointer }) => ({ detail, pointer: pointer?.slice(place.length) }));
  const mistakes = syntax.length > 0 ? syntax : mistakesAt(text, inside);
  const compare = () => attempt.mutate({ benchmark_id: benchmark, json: JSON.parse(text) as unknown });
  const remove = (run: OwnRun) => {
    onDraft({ runs: runs.filter((each) => each !== run) });
    if (runs.length === 1 && question.baseline === MINE) onChange({ baseline: "" });
  };
  return (
    <fieldset>
      <legend>Your own machine</legend>
      <p className="form-text">Compare with a result of your own. It is not stored: it stays in this tab.</p>
      {runs.map((run, nth) => (
        // oxlint-disable-next-line react/no-array-index-key -- runs may be equal
        <span key={nth} className="chip">
          Run {nth + 1}
          {known.names.has(run.benchmark_id) ? ` of ${known.names.get(run.benchmark_id)}` : " (of another benchmark)"}
          <CloseButton aria-label={`Remove run ${nth + 1}`} onClick={() => remove(run)} />
        </span>
      ))}
      {!open && (
        <div>
          <Button size="sm" variant="outline-secondary" disabled={runs.length >= MOST_RUNS || !benchmark} onClick={() => setOpen(true)}>
            {runs.length > 0 ? "Add another run…" : "Compare with my own machine…"}
          </Button>
        </div>
      )}
      {open && (
        <div className="own-input">
          {ids.length > 1 && (
            <Form.Select size="sm" aria-label="Benchmark that ran" value={benchmark} onChange={({ target }) => setBenchmark(target.value)}>
              {ids.map((id) => (
                <option key={id} value={id}>
                  {known.names.get(id)}
                </option>
              ))}
            </Form.Select>
          )}
          <JsonInput
            label="What the benchmark printed"
            value={text}
            mistakes={mistakes}
            onChange={(typed) => {
              attempt.reset();
              onDraft({ text: typed });
            }}
            help={`Drop or paste the JSON of a run of ${known.names.get(benchmark) ?? "the benchmark"}.`}
            state={attempt.isPending ? "Checking…" : null}
          />
          {attempt.error && inside.length === 0 && <ErrorNotice error={attempt.error} />}
          <div className="add-metric-ways">
            <Button size="sm" disabled={!text.trim() || syntax.length > 0 || attempt.isPending} onClick={compare}>
              Compare with it
            </Button>
            <Button
              size="sm"
              variant="link"
              onClick={() => {
                onDraft({ text: "" });
                setOpen(false);
              }}
            >
              Cancel
            </Button>
          </div>
        </div>
      )}
    </fieldset>
  );
}
