import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";

import type { Field } from "../../api/types";
import { pointsOf } from "../../charts/points";
import { ErrorNotice } from "../../components/ErrorNotice";
import { count } from "../../components/numbers";
import { useTheme } from "../../theme";
import { sites } from "../sites/queries";
import { axesOf, plotTitle, type PlotSettings } from "./plot";
import { PlotControls } from "./PlotControls";
import { PlotLegend } from "./PlotLegend";
import { PLOT_LIMIT, results, type Selection } from "./queries";
import { useOpenResult } from "./ResultLink";

const ScatterChart = lazy(() => import("../../charts/ScatterChart"));

interface Props {
  selection: Selection;
  fields: Field[];
  settings: PlotSettings;
  /** Without it the plot is a picture: no axes to choose. */
  onChange?: (change: Partial<PlotSettings>) => void;
}

export function ResultPlot({ selection, fields, settings, onChange }: Props) {
  const matching = useQuery(results.all(selection));
  const order = useQuery(sites.inOrder());
  const theme = useTheme();
  const open = useOpenResult();
  const { data } = matching;
  const drawn = useMemo(() => {
    const axes = data && axesOf(settings, fields, data.items);
    return axes && { ...axes, ...pointsOf(data.items, axes.x, axes.y) };
  }, [data, settings, fields]);
  const scatter = useMemo(() => {
    if (!drawn) return undefined;
    const points = drawn.points.filter(({ site }) => !settings.hide.includes(site));
    return { points, x: drawn.x, y: drawn.y, order: order.data ?? [], theme };
  }, [drawn, settings.hide, order.data, theme]);

  if (matching.isError) return <ErrorNotice error={matching.error} onRetry={() => void matching.refetch()} />;
  const placeholder = <div className="chart placeholder-glow"><span className="placeholder w-100 h-100 rounded" /></div>;
  const skipped = drawn?.skipped ?? [];
  return (
    <div aria-busy={matching.isFetching}>
      {onChange && <PlotControls scatter={scatter} fields={fields} onChange={onChange} />}
      {!scatter || !order.data ? (
        placeholder
      ) : scatter.points.length === 0 ? (
        <p className="chart emptiness">Nothing to draw here.</p>
      ) : (
        <Suspense fallback={placeholder}>
          <ScatterChart scatter={scatter} label={`Plot: ${plotTitle(settings, fields)}`} onOpen={open} />
        </Suspense>
      )}
      <PlotLegend
        points={drawn?.points ?? []}
        order={order.data ?? []}
        hide={settings.hide}
        onHide={onChange && ((hide) => onChange({ hide }))}
      />
      {data && data.total > data.items.length && (
        <p className="small text-body-secondary mb-0">
          Shows the newest {PLOT_LIMIT.toLocaleString("en")} of {count(data.total, "matching result")}.
        </p>
      )}
      {skipped.map(({ reason, count: number }) => (
        <p key={reason} className="small text-body-secondary mb-0">
          {count(number, "result")} not drawn: {reason}.
        </p>
      ))}
    </div>
  );
}
