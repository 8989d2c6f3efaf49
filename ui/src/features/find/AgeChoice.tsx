import { Button, Form } from "react-bootstrap";

import type { Question } from "./question";

interface Props {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}

const YEARS = [1, 2, 5];

function yearsAgo(years: number): string {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() - years);
  return day.toISOString().slice(0, 10);
}

/** How new results must be. The address holds the day, so that a link asks the same tomorrow. */
export function AgeChoice({ question: { since }, onChange }: Props) {
  return (
    <fieldset className="age-choice">
      <legend>How new?</legend>
      <Form.Label htmlFor="since" className="mb-0">
        Results since
      </Form.Label>
      <Form.Control id="since" size="sm" type="date" min="1900-01-01" max={yearsAgo(0)} value={since} onChange={({ target }) => onChange({ since: target.value })} />
      <span className="age-ways">
        {YEARS.map((years) => (
          <Button key={years} size="sm" variant="outline-secondary" className="toggle" aria-pressed={since === yearsAgo(years)} onClick={() => onChange({ since: yearsAgo(years) })}>
            {years === 1 ? "1 year" : `${years} years`}
          </Button>
        ))}
        <Button size="sm" variant="outline-secondary" className="toggle" aria-pressed={since === ""} onClick={() => onChange({ since: "" })}>
          any age
        </Button>
      </span>
    </fieldset>
  );
}
