import { type FormEvent, useState } from "react";
import { Button, CloseButton, Form } from "react-bootstrap";

import type { Field } from "../../api/types";
import { columnTitle, keyOf, knownColumns, usualColumns } from "./columns";
import { asPath } from "./fields";

interface Props {
  /** Keys of the columns; none: the usual ones. */
  columns: string[];
  fields: Field[];
  onChange: (columns: string[]) => void;
}

const FREE = " free";

/** Which columns the table has and in which order. */
export function ColumnsEditor({ columns, fields, onChange }: Props) {
  const usual = usualColumns(fields);
  const shown = columns.length > 0 ? columns : usual;
  const save = (next: string[]) => onChange(next.join(" ") === usual.join(" ") ? [] : next);
  const move = (place: number, by: number) => {
    const next = shown.toSpliced(place, 1);
    save(next.toSpliced(place + by, 0, shown[place] ?? ""));
  };
  return (
    <section className="columns-editor" aria-label="Columns">
      <ol>
        {shown.map((key, place) => {
          const name = columnTitle(key, fields);
          return (
            <li key={key} className="chip">
              <Step sign="‹" label={`Move ${name} to the left`} disabled={place === 0} onClick={() => move(place, -1)} />
              {name}
              <Step
                sign="›"
                label={`Move ${name} to the right`}
                disabled={place === shown.length - 1}
                onClick={() => move(place, 1)}
              />
              <CloseButton
                aria-label={`Remove the column ${name}`}
                disabled={shown.length === 1}
                onClick={() => save(shown.filter((each) => each !== key))}
              />
            </li>
          );
        })}
      </ol>
      <AddColumn
        missing={knownColumns(fields).filter((key) => !shown.includes(key))}
        fields={fields}
        onAdd={(key) => save(shown.includes(key) ? shown : [...shown, key])}
      />
      {columns.length > 0 && (
        <Button size="sm" variant="link" onClick={() => onChange([])}>
          The usual columns
        </Button>
      )}
    </section>
  );
}

interface StepProps {
  sign: string;
  label: string;
  disabled: boolean;
  onClick: () => void;
}

/** Stays focusable at the end of the row, so that keyboard users don't lose their place. */
const Step = ({ sign, label, disabled, onClick }: StepProps) => (
  <button
    type="button"
    className="step"
    aria-label={label}
    aria-disabled={disabled}
    onClick={() => !disabled && onClick()}
  >
    {sign}
  </button>
);

interface AddProps {
  missing: string[];
  fields: Field[];
  onAdd: (key: string) => void;
}

function AddColumn({ missing, fields, onAdd }: AddProps) {
  const [free, setFree] = useState<string>();
  const path = asPath(free ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!path) return;
    onAdd(keyOf(path));
    setFree(undefined);
  };
  if (free === undefined) {
    return (
      <Form.Select
        size="sm"
        aria-label="Add a column"
        value=""
        onChange={({ target: { value } }) => (value === FREE ? setFree("") : onAdd(value))}
      >
        <option value="" disabled>
          + Column
        </option>
        {missing.map((key) => (
          <option key={key} value={key}>
            {columnTitle(key, fields)}
          </option>
        ))}
        <option value={FREE}>another path…</option>
      </Form.Select>
    );
  }
  return (
    <Form className="filter-form" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && setFree(undefined)}>
      <Form.Control
        size="sm"
        autoFocus
        aria-label="Path of the column"
        placeholder="result.samples.0"
        value={free}
        onChange={(event) => setFree(event.target.value)}
      />
      <Button size="sm" type="submit" disabled={!path}>
        Add
      </Button>
      <Button size="sm" variant="link" onClick={() => setFree(undefined)}>
        Cancel
      </Button>
    </Form>
  );
}
