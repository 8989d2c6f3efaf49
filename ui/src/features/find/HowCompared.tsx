import { Form } from "react-bootstrap";

import type { Candidate } from "../../api/types";
import { fieldName, isNumeric } from "../results/fields";
import type { Known } from "./known";
import { MINE, type Missing, type Question } from "./question";
import { Term } from "./Term";

interface Props {
  question: Question;
  known: Known;
  candidates: Candidate[];
  own: boolean;
  onChange: (change: Partial<Question>) => void;
}

const MISSING: [Missing, string][] = [
  ["require", "leave it out"],
  ["ignore", "judge it by the others"],
  ["penalize", "take the worst there is"],
];

/** How values become a ranking: what most people leave as it is. */
export function HowCompared({ question, known, candidates, own, onChange }: Props) {
  const { per, by, missing, metrics } = question;
  const baseline = question.baseline === MINE && !own ? "" : question.baseline;
  const { size, machine, first } = known;
  const splits = [...machine.filter((field) => !isNumeric(field)), ...machine.filter(isNumeric)].slice(0, 6);
  const cores = size?.unit?.replace(/s$/, "") ?? (size && fieldName(size, first));
  return (
    <fieldset>
      <legend>How to compare</legend>
      {size && (
        <div className="check-line">
          <Form.Check type="checkbox" id="per" label={`Per ${cores}`} checked={per !== ""} onChange={({ target }) => onChange({ per: target.checked ? size.path : "" })} />
          <Term name="per core">?</Term>
        </div>
      )}
      {splits.length > 0 && (
        <div role="group" aria-labelledby="split">
          <span id="split" className="form-label">
            <Term name="split">Split</Term> by what the machine is
          </span>
          {splits.map((field) => (
            <Form.Check
              key={field.path}
              type="checkbox"
              id={`by ${field.path}`}
              label={fieldName(field, first)}
              checked={by.includes(field.path)}
              disabled={!by.includes(field.path) && by.length >= 3}
              onChange={({ target }) => onChange({ by: target.checked ? [...by, field.path] : by.filter((each) => each !== field.path) })}
            />
          ))}
        </div>
      )}
      {metrics.length > 1 && (
        <Form.Group controlId="missing">
          <Form.Label>Where a metric is missing</Form.Label>
          <Form.Select size="sm" value={missing} onChange={({ target }) => onChange({ missing: target.value as Missing })}>
            {MISSING.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Form.Select>
        </Form.Group>
      )}
      <Form.Group>
        <Form.Label htmlFor="baseline">Compare with</Form.Label> <Term name="baseline">?</Term>
        <Form.Select id="baseline" size="sm" value={baseline} onChange={({ target }) => onChange({ baseline: target.value })}>
          <option value="">{metrics.length > 1 ? "the best of each metric" : "the best"}</option>
          {own && <option value={MINE}>your own machine</option>}
          {candidates
            .filter(({ mine }) => !mine)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          {baseline && baseline !== MINE && !candidates.some(({ id }) => id === baseline) && <option value={baseline}>another candidate</option>}
        </Form.Select>
      </Form.Group>
      <div className="check-line">
        <Form.Check type="checkbox" id="estimates" label="Estimate what is missing" checked={question.estimates !== ""} onChange={({ target }) => onChange({ estimates: target.checked ? "true" : "" })} />
        <Term name="estimate">?</Term>
      </div>
    </fieldset>
  );
}
