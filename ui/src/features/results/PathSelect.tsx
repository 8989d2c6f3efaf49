import { useState } from "react";
import { Button, Form } from "react-bootstrap";

import type { Field } from "../../api/types";
import { asPath, nameWithUnit } from "./fields";

interface Props {
  label: string;
  value: string;
  /** What can be chosen beside the fields. */
  fixed?: { value: string; name: string }[];
  fields: Field[];
  all: Field[];
  disabled?: boolean;
  onChange: (value: string) => void;
}

const FREE = " free";
const NONE: { value: string; name: string }[] = [];

/** One of the declared fields, or any other path of the JSON. */
export function PathSelect({ label, value, fixed = NONE, fields, all, disabled, onChange }: Props) {
  const [free, setFree] = useState<string>();
  const path = asPath(free ?? "");
  const known = [...fixed.map((each) => each.value), ...fields.map((each) => each.path)];
  if (free !== undefined) {
    return (
      <Form
        className="d-flex gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (path) onChange(path);
          setFree(undefined);
        }}
        onKeyDown={(event) => event.key === "Escape" && setFree(undefined)}
      >
        <Form.Control
          size="sm"
          autoFocus
          className="free-path"
          aria-label={`${label}: path`}
          placeholder="machine.memory.total"
          value={free}
          onChange={(event) => setFree(event.target.value)}
        />
        <Button size="sm" type="submit" variant="outline-secondary">
          {path ? "Use" : "Cancel"}
        </Button>
      </Form>
    );
  }
  return (
    <Form.Select
      aria-label={label}
      size="sm"
      disabled={disabled}
      value={value}
      onChange={({ target }) => (target.value === FREE ? setFree("") : onChange(target.value))}
    >
      {value !== "" && !known.includes(value) && <option value={value}>{value}</option>}
      {fixed.map((each) => (
        <option key={each.value} value={each.value}>
          {each.name}
        </option>
      ))}
      {fields.map((field) => (
        <option key={field.path} value={field.path}>
          {nameWithUnit(field, all)}
        </option>
      ))}
      <option value={FREE}>another path…</option>
    </Form.Select>
  );
}
