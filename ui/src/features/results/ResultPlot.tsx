import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ProgressBar } from "react-bootstrap";

import type { Field, Plotted } from "../../api/types";
import { drawingOf, drawnPoints } from "../../charts/drawing";
import { Failure } from "../../components/ErrorNotice";
import { later } from "../../components/later";
import { count } from "../../components/numbers";
import { useTheme } from "../../theme";
import { sites } from "../sites/queries";
import { FitTable } from "./FitTable";
import { NotDrawn } from "./NotDrawn";
import { planOf, plotTitle, type PlotSettings } from "./plot";
import { PlotControls } from "./PlotControls";
import { PlotLegend } from "./PlotLegend";
import { PLOT_LIMIT, results, type Selection } from "./queries";
import { useOpenResult } from "./ResultLink";

const Chart = later(async () => (await import("../../charts/Chart")).default);

interface Props {
  selection: Selection;
  fields: Field[];
  settings: PlotSettings;
  /** How many results at most, the newest ones. */
  limit?: number;
  /** A result to point out, drawn even where it is not among the newest. */
  marked?: Plotted;
  /** Without it the plot is a picture: nothing to choose. */
  onChange?: (change: Partial<PlotSettings>) => void;
}

export function ResultPlot({ selection, fields, settings, limit = PLOT_LIMIT, marked, onChange }: Props) {
  const matching = useQuery(results.all(selection, limit));
  const { data } = matching;
  const order = useQuery(sites.inOrder());
  const theme = useTheme();
  const open = useOpenResult();
  const known = useUnchanged(settingsOf(settings));
  const drawing = useMemo(() => {
    if (!data || !order.data) return undefined;
    const items = marked && data.items.every(({ id }) => id !== marked.id) ? [...data.items, marked] : data.items;
    const plan = planOf(known, fields, items, order.data);
    return plan && { ...drawingOf(items, plan, theme), marked: marked?.id };
  }, [data, order.data, known, fields, theme, marked]);

  const failed = matching.isError ? matching : order;
  if (failed.isError && !drawing) return <Failure of={failed} />;
  const placeholder = (
    <div className="chart placeholder-glow">
      <span className="placeholder w-100 h-100 rounded" />
    </div>
  );
  return (
    <div aria-busy={matching.isFetching}>
      <Failure of={failed} />
      {onChange && <PlotControls settings={settings} drawing={drawing} fields={fields} onChange={onChange} />}
      {matching.isFetching && <Progress selection={selection} limit={limit} />}
      {!drawing ? (
        placeholder
      ) : drawnPoints(drawing).length === 0 ? (
        <p className="chart emptiness">Nothing to draw here.</p>
      ) : (
        <Chart waiting={placeholder} drawing={drawing} label={`Plot: ${plotTitle(settings, fields)}`} onOpen={open} />
      )}
      <PlotLegend
        series={drawing?.series ?? []}
        label={settings.colour === "site" ? "Sites in the plot" : "Groups in the plot"}
        hide={settings.hide}
        onHide={onChange && ((hide) => onChange({ hide }))}
      />
      {drawing && <FitTable series={drawing.series} />}
      {data && data.total > data.items.length && (
        <p className="small text-body-secondary mb-0">
          Shows the newest {limit.toLocaleString("en")} of {count(data.total, "matching result")}.
        </p>
      )}
      {drawing && <NotDrawn skipped={drawing.skipped} />}
    </div>
  );
}

/** Only what decides on the drawing: a view has more, which changes without need to draw again. */
const settingsOf = ({ kind, x, y, scale_x, scale_y, colour, hide, errors, fit, measure, base }: PlotSettings) => ({
  kind,
  x,
  y,
  scale_x,
  scale_y,
  colour,
  hide,
  errors,
  fit,
  measure,
  base,
});

/** The same object as long as its content is the same. */
function useUnchanged(settings: PlotSettings): PlotSettings {
  const text = JSON.stringify(settings);
  return useMemo(() => JSON.parse(text) as PlotSettings, [text]);
}

/** How many results of a long list have come. */
function Progress({ selection, limit }: { selection: Selection; limit: number }) {
  const { data } = useQuery(results.progress(selection));
  if (!data || data.total <= 300) return null;
  const whole = Math.min(data.total, limit);
  return (
    <div className="plot-progress">
      <ProgressBar now={data.done} max={whole} aria-label="Loading results" />
      <span>
        {data.done.toLocaleString("en")} of {count(whole, "result")}
      </span>
    </div>
  );
}
