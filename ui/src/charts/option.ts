import type { EChartsCoreOption } from "echarts/core";

import type { Theme } from "../theme";
import { axisOption, type Ink } from "./axis";
import { categoriesOf, type Drawing, drawnPoints } from "./drawing";
import { byCategory, errorOf, type Point } from "./points";
import { curveOf, errorBars, ideal, PICTURES, ring } from "./series";
import { extent } from "./stats";
import { tooltipOf } from "./tooltip";

export const INK: Record<Theme, Ink> = {
  light: { text: "#4a5866", line: "#b4bec8", grid: "#e6eaee", surface: "#ffffff" },
  dark: { text: "#a9b6c3", line: "#4a5764", grid: "#29323b", surface: "#171d24" },
};

export const surface = (theme: Theme) => INK[theme].surface;
/** All y that the axis must hold: what is drawn, and its error bars. */
function heights(drawing: Drawing, points: Point[]): number[] {
  const { errors, kind } = drawing;
  const ys = points.map(({ y }) => y);
  if (kind === "box") return points.flatMap(({ samples, y }) => [y, ...samples]);
  const bars = errors ? points.flatMap((point) => errorOf(point, errors) ?? []) : [];
  return [...ys, ...bars, ...drawing.ideals.flatMap((line) => extent(line.map(([, y]) => y)))];
}

/** Names of categories where there is little room for them. */
const STEEP = { xAxis: { axisLabel: { rotate: 55, width: 100 }, nameGap: 92 }, grid: { bottom: 124 } };

export function chartOption(drawing: Drawing): EChartsCoreOption {
  const { x, y, theme, kind } = drawing;
  const ink = INK[theme];
  const points = drawnPoints(drawing);
  const shown = drawing.series.filter(({ hidden }) => !hidden);
  const categories = byCategory(kind, x) ? categoriesOf(points) : undefined;
  const placed = { drawing, ink, categories, many: points.length > 3000 };
  const body = shown.flatMap((series, place) => PICTURES[kind](series, placed, { place, of: shown.length }));
  const bars = drawing.errors && kind !== "box" ? shown.flatMap((each, place) => errorBars(each, placed, { place, of: shown.length })) : [];
  const curves = kind === "scatter" || kind === "line" ? shown.flatMap((series) => curveOf(series, placed)) : [];
  const across = points.map((point) => point.x).filter((each) => typeof each === "number");
  const xAxis = { nameGap: 30, ...axisOption(x, across, ink, categories) };
  const grid = { left: 64, right: 16, top: 16, bottom: x.text ? 96 : 48 };
  const roomy = { xAxis: { axisLabel: { rotate: 0, width: null, ...xAxis.axisLabel }, nameGap: xAxis.nameGap }, grid };
  return {
    animation: false,
    textStyle: { fontFamily: "system-ui, sans-serif" },
    grid,
    xAxis,
    yAxis: { ...axisOption(y, heights(drawing, points), ink, undefined, kind === "bar"), nameGap: 46 },
    tooltip: {
      backgroundColor: ink.surface,
      borderColor: ink.line,
      textStyle: { color: ink.text, fontSize: 13 },
      confine: true,
      formatter: (event: { seriesId?: string; dataIndex: number }) => tooltipOf(drawing, event),
    },
    series: [...body, ...bars, ...curves, ...drawing.ideals.map((line) => ideal(line, ink)), ...ring(points, placed)],
    ...(x.text ? { media: [{ query: { maxWidth: 600 }, option: STEEP }, { option: roomy }] } : {}),
  };
}
