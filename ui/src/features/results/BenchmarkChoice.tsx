import { Button } from "react-bootstrap";

import type { Named, Page } from "../../api/types";
import type { View } from "./view";

interface Props {
  page: Page<Named>;
  onChange: (change: Partial<View>) => void;
}

/** Figures of different benchmarks don't compare: asks for one, so that its fields can be shown. */
export function BenchmarkChoice({ page: { items, total }, onChange }: Props) {
  if (total === 0) return null;
  return (
    <div className="benchmark-choice">
      <p className="mb-2">Choose a benchmark to see and plot its figures:</p>
      {items.map(({ id, name, description }) => (
        <Button
          key={id}
          size="sm"
          variant="outline-primary"
          title={description ?? undefined}
          onClick={() => onChange({ benchmark_id: id })}
        >
          {name}
        </Button>
      ))}
      {total > items.length && <span className="text-body-secondary">or one of the others, above</span>}
    </div>
  );
}
