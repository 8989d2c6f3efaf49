import { Button } from "react-bootstrap";

import type { Ranking } from "../../api/types";
import type { Known } from "./known";
import { pathLabel } from "./labels";
import type { OwnRun } from "./queries";
import { filtersOn, MINE, type Question } from "./question";

interface Props {
  question: Question;
  known: Known;
  answer: Ranking;
  own: OwnRun[];
  onChange: (change: Partial<Question>) => void;
}

const MOST_SPLITS = 3;

/** What may be wrong with the question, each with a way to mend it. */
export function Hints({ question, known, answer: { candidates }, own, onChange }: Props) {
  const { size, first, machine } = known;
  const { filters, per, by, baseline } = question;
  const sizes = new Set(candidates.flatMap(({ hardware }) => hardware.find(({ path }) => path === size?.path)?.values ?? []));
  const unequal = size && sizes.size > 1 && !per && filtersOn(filters, size.path).length === 0;
  const unit = size?.unit ?? "size";
  const mixed = [...new Set(candidates.flatMap((each) => each.mixed))].filter(
    (path) => !by.includes(path) && machine.some((field) => field.path === path),
  );
  return (
    <>
      {unequal && (
        <p className="find-hint">
          Machines of different size are compared. Choose {size.unit ? `how many ${size.unit} your task uses` : "one size"}, or{" "}
          <Button size="sm" variant="link" onClick={() => onChange({ per: size.path })}>
            compare per {unit.replace(/s$/, "")}
          </Button>
          .
        </p>
      )}
      {mixed.length > 0 && by.length < MOST_SPLITS && (
        <p className="find-hint">
          Some candidates are more than one machine. Split them by{" "}
          {mixed.slice(0, MOST_SPLITS).map((path, place) => (
            <span key={path}>
              {place > 0 && " or "}
              <Button size="sm" variant="link" onClick={() => onChange({ by: [...by, path] })}>
                {pathLabel(path, first)}
              </Button>
            </span>
          ))}
          .
        </p>
      )}
      {baseline === MINE && own.length === 0 && (
        <p className="find-hint">The one who sent this link compared with a machine of their own, which is not part of the link.</p>
      )}
    </>
  );
}
