import { useState } from "react";
import { CloseButton, Form } from "react-bootstrap";

import type { Field } from "../../api/types";
import { isNumeric, nameWithUnit } from "../results/fields";
import { describeFilter, parseFilter } from "../results/filters";
import type { Known } from "./known";
import { NumberConstraint } from "./NumberConstraint";
import { filteredBy, filtersOn, type Question } from "./question";
import { rangeText } from "./ranges";
import { TextConstraint } from "./TextConstraint";

interface Props {
  question: Question;
  known: Known;
  onChange: (change: Partial<Question>) => void;
}

/** What the machine must have, from what machines have. */
export function Constraints({ question: { filters }, known, onChange }: Props) {
  const [added, setAdded] = useState<string[]>([]);
  const { machine, size, ranges } = known;
  const isShown = ({ path }: Field) => {
    const own = filtersOn(filters, path);
    const byChip = path === size?.path && own.length === 1 && own[0]?.operator === "==";
    return added.includes(path) || (own.length > 0 && !byChip);
  };
  const shown = machine.filter(isShown);
  const others = machine.filter((field) => !isShown(field));
  const odd = filters.filter((text) => !machine.some(({ path }) => path === parseFilter(text)?.path));
  const set = (path: string, wanted: [string, string][]) => onChange({ filters: filteredBy(filters, path, wanted) });
  const leave = (path: string) => {
    setAdded(added.filter((each) => each !== path));
    set(path, []);
  };
  return (
    <fieldset>
      <legend>What must the machine have?</legend>
      {machine.length === 0 && !known.pending && (
        <span className="unit">{known.names.size > 1 ? "These benchmarks tell nothing in common of the machine." : "This benchmark tells nothing of the machine."}</span>
      )}
      {shown.map((field) => (
        <div key={field.path} className="constraint" role="group" aria-label={nameWithUnit(field, known.first)}>
          <div className="constraint-head">
            <span>{nameWithUnit(field, known.first)}</span>
            <CloseButton aria-label={`No constraint on ${nameWithUnit(field, known.first)}`} onClick={() => leave(field.path)} />
          </div>
          {isNumeric(field) ? (
            <NumberConstraint field={field} range={ranges.get(field.path)} filters={filtersOn(filters, field.path)} onChange={(wanted) => set(field.path, wanted)} />
          ) : (
            <TextConstraint range={ranges.get(field.path)} filters={filtersOn(filters, field.path)} onChange={(wanted) => set(field.path, wanted)} />
          )}
        </div>
      ))}
      {odd.map((text) => (
        <span key={text} className="chip">
          {describeFilter(text, [...known.fields.values()].flat())}
          <CloseButton aria-label={`Remove the constraint ${text}`} onClick={() => onChange({ filters: filters.filter((each) => each !== text) })} />
        </span>
      ))}
      {others.length > 0 && (
        <Form.Select size="sm" aria-label="Add a constraint" value="" onChange={({ target }) => setAdded([...added, target.value])}>
          <option value="">{shown.length > 0 ? "Another constraint…" : "Add a constraint…"}</option>
          {others.map((field) => (
            <option key={field.path} value={field.path}>
              {nameWithUnit(field, known.first)}: {rangeText(ranges.get(field.path), field)}
            </option>
          ))}
        </Form.Select>
      )}
    </fieldset>
  );
}
