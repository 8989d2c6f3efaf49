import type { Known } from "./known";
import { pathLabel } from "./labels";
import { filteredBy, filtersOn, type Question } from "./question";
import { sizesOf } from "./ranges";

interface Props {
  question: Question;
  known: Known;
  onChange: (change: Partial<Question>) => void;
}

/** How large the machine is: one press for the question that most people have. */
export function SizeChips({ question: { filters }, known, onChange }: Props) {
  const { size } = known;
  const range = size && known.ranges.get(size.path);
  if (!size && !known.pending) return null;
  if (!size || !range) return <div className="sizes-space" />;
  const own = filtersOn(filters, size.path);
  const chosen = own.length === 1 && own[0]?.operator === "==" ? own[0].value : own.length === 0 ? "" : undefined;
  const choose = (value: string) => onChange({ filters: filteredBy(filters, size.path, value ? [["==", value]] : []) });
  return (
    <fieldset className="sizes">
      <legend>{size.unit ? `How many ${size.unit}?` : pathLabel(size.path, known.first)}</legend>
      {["", ...sizesOf(range).map(String)].map((value) => (
        <button key={value} type="button" className="toggle" aria-pressed={value === chosen} onClick={() => choose(value)}>
          {value || "any"}
        </button>
      ))}
    </fieldset>
  );
}
