import { useState } from "react";
import { Button, CloseButton, Form } from "react-bootstrap";

import type { View } from "./view";

type Dates = Pick<View, "executed_from" | "executed_to" | "uploaded_from" | "uploaded_to">;
type Verb = "executed" | "uploaded";

const VERBS: Verb[] = ["executed", "uploaded"];
const title = (verb: Verb) => (verb === "executed" ? "Executed" : "Uploaded");
const range = (from: string, to: string) => (from && to ? `${from} to ${to}` : from ? `from ${from}` : `until ${to}`);

interface Props {
  view: Dates;
  onChange: (change: Partial<Dates>) => void;
}

/** Days between which results were run or uploaded: chips for what is set, and a form. */
export function DatesChoice({ view, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const set = VERBS.filter((verb) => view[`${verb}_from`] || view[`${verb}_to`]);
  return (
    <>
      {set.map((verb) => (
        <span key={verb} className="chip">
          <button type="button" title="Change these dates" onClick={() => setOpen(true)}>
            {title(verb)} {range(view[`${verb}_from`], view[`${verb}_to`])}
          </button>
          <CloseButton
            aria-label={`Remove the dates of ${verb}`}
            onClick={() => onChange({ [`${verb}_from`]: "", [`${verb}_to`]: "" })}
          />
        </span>
      ))}
      <Button size="sm" variant="outline-secondary" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? "Close dates" : "+ Dates"}
      </Button>
      {open && <DatesForm view={view} onChange={onChange} onLeave={() => setOpen(false)} />}
    </>
  );
}

function DatesForm({ view, onChange, onLeave }: Props & { onLeave: () => void }) {
  const [dates, setDates] = useState<Dates>(view);
  const wrong = VERBS.filter((verb) => dates[`${verb}_to`] && dates[`${verb}_from`] > dates[`${verb}_to`]);
  const input = (name: keyof Dates, label: string) => (
    <Form.Control
      size="sm"
      type="date"
      min="1901-01-01"
      max="8999-12-31"
      aria-label={label}
      value={dates[name]}
      onChange={(event) => setDates({ ...dates, [name]: event.target.value })}
    />
  );
  return (
    <Form
      className="filter-form dates-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length > 0) return;
        onChange({
          executed_from: dates.executed_from,
          executed_to: dates.executed_to,
          uploaded_from: dates.uploaded_from,
          uploaded_to: dates.uploaded_to,
        });
        onLeave();
      }}
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
    >
      {VERBS.map((verb) => (
        <fieldset key={verb}>
          <legend>{title(verb)}</legend>
          {input(`${verb}_from`, `${title(verb)} from`)}
          <span>to</span>
          {input(`${verb}_to`, `${title(verb)} to`)}
        </fieldset>
      ))}
      <Button size="sm" type="submit" disabled={wrong.length > 0}>
        Apply
      </Button>
      <div className="filter-note">
        {wrong.length > 0 ? (
          <span className="text-danger">The last day is before the first one.</span>
        ) : (
          "Both days are included; days are in UTC."
        )}
      </div>
    </Form>
  );
}
