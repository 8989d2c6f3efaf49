import { useState } from "react";
import { Form } from "react-bootstrap";

interface Props {
  /** What is searched; also what stands in the empty box. */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Words that the URL keeps. What is being typed is kept here, as the URL follows a moment later. */
export function SearchBox({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState<string>();
  return (
    <Form.Control
      type="search"
      size="sm"
      className="search-words"
      placeholder={label}
      aria-label={label}
      maxLength={200}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(event.target.value);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
