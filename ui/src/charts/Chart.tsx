import { useEffect, useMemo } from "react";

import { type Drawing, pointAt } from "./drawing";
import { chartOption } from "./option";
import { pictureUrl } from "./Picture";
import { useECharts } from "./useECharts";

interface Props {
  drawing: Drawing;
  label: string;
  onOpen: (resultId: string) => void;
}

/** The drawing itself, loaded only when one is shown. The results beneath it say the same in a table. */
export default function Chart({ drawing, label, onOpen }: Props) {
  const [box, chart] = useECharts(useMemo(() => chartOption(drawing), [drawing]));

  useEffect(() => {
    const open = (event: unknown) => {
      const { seriesId, dataIndex } = event as { seriesId?: string; dataIndex: number };
      const point = pointAt(drawing.series, seriesId, dataIndex);
      if (point) onOpen(point.id);
    };
    const made = chart.current;
    made?.on("click", open);
    return () => {
      if (!made?.isDisposed()) made?.off("click", open);
    };
  }, [chart, drawing, onOpen]);

  return <div ref={box} className="chart" role="img" aria-label={label} />;
}

/** The drawing as a file, with the legend that the page shows beside it. */
export function pictureOf(drawing: Drawing, format: "png" | "svg"): string {
  const option = chartOption(drawing);
  const names = drawing.series.filter(({ hidden }) => !hidden).map(({ name }) => name);
  const withLegend = {
    ...option,
    legend: { top: 12, data: names, textStyle: { color: drawing.theme === "dark" ? "#dfe6ec" : "#22303c" } },
    grid: { ...(option.grid as object), top: names.length > 8 ? 110 : 64 },
  };
  return pictureUrl(withLegend, format, { width: 1100, height: 700 }, drawing.theme);
}
