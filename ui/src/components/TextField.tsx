import { type ReactNode, useId } from "react";
import { Form } from "react-bootstrap";

import { Problem } from "../api/problem";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The member of the request's body that this becomes: shows what the server says of it. */
  member: string;
  error: Error | null;
  help?: ReactNode;
  required?: boolean;
  maxLength?: number;
  type?: "text" | "url";
  placeholder?: string;
  /** How many lines; without it there is one. */
  rows?: number;
  autoFocus?: boolean;
}

/** A labelled text of a form, with what is wrong with it below. */
export function TextField({ label, value, onChange, member, error, help, rows, ...rest }: Props) {
  const id = useId();
  const mistake = mistakeAt(error, `/${member}`);
  return (
    <Form.Group className="mb-3" controlId={id}>
      <Form.Label>
        {label} {!rest.required && <span className="text-body-secondary">(optional)</span>}
      </Form.Label>
      <Form.Control
        {...rest}
        {...(rows ? { as: "textarea", rows } : {})}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        isInvalid={mistake !== undefined}
        aria-invalid={mistake !== undefined}
        aria-describedby={`${id}-note`}
      />
      <div id={`${id}-note`}>
        {mistake && <div className="text-danger-emphasis small">{mistake}</div>}
        {help && <Form.Text>{help}</Form.Text>}
      </div>
    </Form.Group>
  );
}

/** What the server said of one place in what was sent. */
export const mistakeAt = (error: Error | null, place: string) =>
  error instanceof Problem
    ? error.errors.find(({ pointer, parameter }) => (pointer ?? parameter) === place)?.detail
    : undefined;
