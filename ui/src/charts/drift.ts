import { significant } from "../components/numbers";
import type { Theme } from "../theme";
import type { EChartsCoreOption } from "./echarts";
import { INK } from "./option";

export interface DriftDrawing {
  points: { at: string; value: number }[];
  /** Between changes: the level, from when to when. */
  segments: { start: string; end: string; value: number }[];
  changes: { at: string }[];
  /** In place of levels: a line from the first run to the last. */
  trend?: { start: string; end: string; first: number; last: number } | null;
  title: string;
  colour: string;
}

const day = (at: string) => new Date(at).toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** A metric over time: its runs, the level between changes, and where it changed, or the line that it follows. */
export function driftOption({ points, segments, changes, trend, title, colour }: DriftDrawing, theme: Theme): EChartsCoreOption {
  const ink = INK[theme];
  const label = { color: ink.text, fontSize: 12 };
  const line = { lineStyle: { color: ink.line } };
  const lines = trend
    ? [{ start: trend.start, from: trend.first, end: trend.end, to: trend.last }]
    : segments.map(({ start, end, value }) => ({ start, from: value, end, to: value }));
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
      ...lines.map(({ start, from, end, to }) => ({
        type: "line",
        symbol: "none",
        silent: true,
        data: [
          [start, from],
          [end, to],
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
