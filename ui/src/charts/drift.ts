import { significant } from "../components/numbers";
import type { Theme } from "../theme";
import type { EChartsCoreOption } from "./echarts";
import { INK } from "./option";

export interface DriftDrawing {
  points: { at: string; value: number }[];
  /** Between changes: the level, from when to when. */
  segments: { start: string; end: string; value: number }[];
  changes: { at: string }[];
  title: string;
  colour: string;
}

const day = (at: string) => new Date(at).toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** A metric over time: its runs, the level between changes, and where it changed. */
export function driftOption({ points, segments, changes, title, colour }: DriftDrawing, theme: Theme): EChartsCoreOption {
  const ink = INK[theme];
  const label = { color: ink.text, fontSize: 12 };
  const line = { lineStyle: { color: ink.line } };
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low || high) * 0.15;
  const [min, max] = [Math.max(0, low - pad), high + pad];
  return {
    animation: false,
    textStyle: { fontFamily: "system-ui, sans-serif" },
    grid: { left: 64, right: 16, top: 14, bottom: 28 },
    tooltip: { trigger: "item", confine: true, backgroundColor: ink.surface, borderColor: ink.line, textStyle: { color: ink.text } },
    xAxis: { type: "time", axisLabel: { ...label, hideOverlap: true }, axisLine: line, splitLine: { show: false } },
    yAxis: {
      type: "value",
      min,
      max,
      name: title,
      nameLocation: "middle",
      nameGap: 48,
      nameTextStyle: label,
      axisLabel: { ...label, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => significant(value, 4) },
      splitLine: { lineStyle: { color: ink.grid } },
    },
    series: [
      ...changes.map(({ at }) => ({
        type: "line",
        symbol: "none",
        silent: true,
        data: [
          [at, min],
          [at, max],
        ],
        lineStyle: { color: ink.text, type: "dashed", width: 1 },
      })),
      ...segments.map(({ start, end, value }) => ({
        type: "line",
        symbol: "none",
        silent: true,
        data: [
          [start, value],
          [end, value],
        ],
        lineStyle: { color: ink.text, width: 2 },
      })),
      {
        type: "scatter",
        symbolSize: points.length > 100 ? 5 : 8,
        itemStyle: { color: colour, opacity: 0.85 },
        data: points.map(({ at, value }) => [at, value]),
        tooltip: { formatter: ({ value: [at, value] }: { value: [string, number] }) => `${day(at)}: ${significant(value, 5)}` },
      },
    ],
  };
}
