import { useEffect, useState } from "react";
import { Form } from "react-bootstrap";

import type { Range } from "../../api/types";
import { useSettled } from "../../components/useSettled";
import type { Filter } from "../results/filters";

interface Props {
  range: Range | undefined;
  filters: Filter[];
  onChange: (wanted: [string, string][]) => void;
}

const WAYS = { "==": "is", "!=": "is not", "~": "contains" } as const;
type Way = keyof typeof WAYS;

/** A text that is, is not, or contains something. Several that it is not, but one that it is. */
export function TextConstraint({ range, filters, onChange }: Props) {
  const [chosen, setWay] = useState<Way>();
  const known = (range?.values ?? []).map(({ value, results }) => ({ text: String(value), results }));
  const way = chosen ?? (filters[0]?.operator as Way | undefined) ?? "==";
  const values = filters.map(({ value }) => value);
  const toggle = (text: string) => {
    const left = values.includes(text) ? values.filter((each) => each !== text) : [...values, text];
    onChange((way === "==" ? left.slice(-1) : left).map((each) => [way, each]));
  };
  return (
    <>
      <Form.Select
        size="sm"
        aria-label="Comparison"
        value={way}
        onChange={({ target }) => {
          setWay(target.value as Way);
          onChange([]);
        }}
      >
        {Object.entries(WAYS).map(([sign, word]) => (
          <option key={sign} value={sign}>
            {word}
          </option>
        ))}
      </Form.Select>
      {way === "~" ? (
        <Contained value={values[0] ?? ""} onChange={(text) => onChange(text ? [["~", text]] : [])} />
      ) : (
        <div className="text-values">
          {known.map(({ text, results }) => (
            <Form.Check
              key={text}
              type="checkbox"
              id={`value ${text}`}
              label={
                <>
                  {text} <span className="unit">{results}</span>
                </>
              }
              checked={values.includes(text)}
              onChange={() => toggle(text)}
            />
          ))}
        </div>
      )}
    </>
  );
}

/** Tells of its text once its typist has paused. */
function Contained({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  const settled = useSettled(typed.trim(), 400);
  useEffect(() => {
    if (settled !== value) onChange(settled);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a new text is news
  }, [settled]);
  return <Form.Control size="sm" aria-label="Contained text" placeholder="EPYC" value={typed} onChange={({ target }) => setTyped(target.value)} />;
}
