import { Button } from "react-bootstrap";

import type { Field } from "../../api/types";
import { plotTitle } from "./plot";
import { ResultPlot } from "./ResultPlot";
import { selectionOf, type View } from "./view";

interface Props {
  view: View;
  benchmark: string;
  fields: Field[];
  waiting: boolean;
  onChange: (change: Partial<View>) => void;
}

/** The plot of what the table lists, which folds away. */
export function PlotPanel({ view, benchmark, fields, waiting, onChange }: Props) {
  const shown = view.plot !== "hidden";
  const selection = { ...selectionOf(view), benchmark_id: benchmark };
  return (
    <section className="panel" aria-label="Plot">
      <div className="panel-head">
        <h2>{waiting ? "Plot" : plotTitle(view, fields)}</h2>
        <Button
          size="sm"
          variant="link"
          aria-expanded={shown}
          onClick={() => onChange({ plot: shown ? "hidden" : "" })}
        >
          {shown ? "Hide the plot" : "Show the plot"}
        </Button>
      </div>
      {shown && waiting && <div className="chart" />}
      {shown && !waiting && (
        <ResultPlot selection={selection} fields={fields} settings={view} onChange={onChange} />
      )}
    </section>
  );
}
