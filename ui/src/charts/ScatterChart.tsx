import { ScatterChart as Scatters } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use as register } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

import { type Scatter, scatterOption, surface } from "./option";

register([Scatters, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer, SVGRenderer]);

interface Props {
  scatter: Scatter;
  label: string;
  onOpen: (resultId: string) => void;
}

/** The drawing itself, loaded only when one is shown. The results beneath it say the same in a table. */
export default function ScatterChart({ scatter, label, onOpen }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);

  useEffect(() => {
    if (!box.current) return undefined;
    const drawing = init(box.current);
    chart.current = drawing;
    const watch = new ResizeObserver(() => drawing.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      drawing.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => chart.current?.setOption(scatterOption(scatter), { notMerge: true }), [scatter]);

  useEffect(() => {
    const open = (event: unknown) => onOpen((event as { data: { point: { id: string } } }).data.point.id);
    chart.current?.on("click", open);
    return () => void chart.current?.off("click", open);
  }, [onOpen]);

  return <div ref={box} className="chart" role="img" aria-label={label} />;
}

/** The drawing as a file, with the legend that the page shows beside it. */
export function pictureOf(scatter: Scatter, format: "png" | "svg"): string {
  const renderer = format === "png" ? "canvas" : "svg";
  const drawing = init(document.createElement("div"), undefined, { renderer, width: 1100, height: 700 });
  const option = scatterOption(scatter);
  drawing.setOption({
    ...option,
    legend: { top: 12, textStyle: { color: scatter.theme === "dark" ? "#dfe6ec" : "#22303c" } },
    grid: { ...(option.grid as object), top: 64 },
  });
  const url = drawing.getDataURL({ pixelRatio: 2, backgroundColor: surface(scatter.theme) });
  drawing.dispose();
  return url;
}
