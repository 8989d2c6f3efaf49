import { useState } from "react";
import { Button, Form } from "react-bootstrap";

import type { Candidate } from "../../api/types";
import { count } from "../../components/numbers";
import { AgeChoice } from "./AgeChoice";
import { Constraints } from "./Constraints";
import { HowCompared } from "./HowCompared";
import type { Known } from "./known";
import { MetricsChoice } from "./MetricsChoice";
import type { OwnDraft } from "./own";
import { OwnMachine } from "./OwnMachine";
import { defaults, type Question, questionParams } from "./question";
import { SitesChoice } from "./SitesChoice";
import { SizeChips } from "./SizeChips";

interface Props {
  question: Question;
  known: Known;
  candidates: Candidate[];
  own: OwnDraft;
  onOwn: (change: Partial<OwnDraft>) => void;
  onChange: (change: Partial<Question>) => void;
}

/** The question. On a small screen only its size is in sight; the rest unfolds. */
export function QuestionPanel({ question, known, candidates, own, onOwn, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const hasOwn = own.runs.some(({ benchmark_id: id }) => known.names.has(id));
  const set = settings(question);
  return (
    <Form className="panel find-question" aria-label="The question" onSubmit={(event) => event.preventDefault()}>
      <SizeChips question={question} known={known} onChange={onChange} />
      <Button variant="outline-secondary" size="sm" className="find-unfold" aria-expanded={open} aria-controls="find-rest" onClick={() => setOpen(!open)}>
        {open ? "Hide the question" : `Change the question${set > 0 ? ` (${count(set, "choice")} made)` : ""}`}
      </Button>
      <div id="find-rest" className={open ? "find-rest is-open" : "find-rest"}>
        <MetricsChoice question={question} known={known} onChange={onChange} />
        <Constraints question={question} known={known} onChange={onChange} />
        <SitesChoice question={question} onChange={onChange} />
        <AgeChoice question={question} onChange={onChange} />
        <HowCompared question={question} known={known} candidates={candidates} own={hasOwn} onChange={onChange} />
        <OwnMachine question={question} known={known} draft={own} onDraft={onOwn} onChange={onChange} />
        <Button size="sm" variant="link" className="px-0" disabled={set === 0} onClick={() => onChange({ ...defaults, metrics: question.metrics })}>
          Clear all choices
        </Button>
      </div>
    </Form>
  );
}

const settings = (question: Question) => [...questionParams({ ...question, metrics: [], open: [], scaling: "" })].length;
