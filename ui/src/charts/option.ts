import type { EChartsCoreOption } from "echarts/core";

import { significant } from "../components/numbers";
import type { Theme } from "../theme";
import { logTicks } from "./axis";
import { mark } from "./marks";
import type { Axis, Point } from "./points";

export interface Scatter {
  points: Point[];
  x: Axis;
  y: Axis;
  /** Ids of all sites in a lasting order: gives each site its mark. */
  order: string[];
  theme: Theme;
}

const INK = {
  light: { text: "#4a5866", line: "#b4bec8", grid: "#e6eaee", surface: "#ffffff" },
  dark: { text: "#a9b6c3", line: "#4a5764", grid: "#29323b", surface: "#171d24" },
};

export const surface = (theme: Theme) => INK[theme].surface;

function axisOption({ title, scale, text }: Axis, values: (number | string)[], theme: Theme) {
  const { text: colour, line, grid } = INK[theme];
  const look = {
    name: title,
    nameLocation: "middle",
    nameTextStyle: { color: colour, fontSize: 13 },
    axisLine: { show: true, lineStyle: { color: line } },
    axisTick: { show: true, lineStyle: { color: line } },
    axisLabel: { color: colour, hideOverlap: true, fontSize: 12 },
    splitLine: { show: true, lineStyle: { color: grid } },
  };
  if (text) {
    const label = { ...look.axisLabel, interval: 0, rotate: 20, width: 130, overflow: "truncate", hideOverlap: false };
    return { ...look, type: "category", data: [...new Set(values)].toSorted(), axisLabel: label, nameGap: 62 };
  }
  const numbers = values as number[];
  const label = { ...look.axisLabel, formatter: (value: number) => significant(value) };
  if (scale === "linear" || numbers.length === 0) {
    return { ...look, type: "value", axisLabel: label, boundaryGap: [0, "4%"] };
  }
  const [min, max] = [Math.min(...numbers) / 1.25, Math.max(...numbers) * 1.25];
  const customValues = logTicks(min, max, numbers.every(Number.isInteger));
  return {
    ...look,
    type: "log",
    min,
    max,
    axisTick: { ...look.axisTick, customValues },
    axisLabel: { ...label, customValues },
  };
}

function seriesOf(points: Point[], order: string[], theme: Theme) {
  const groups = new Map<string, Point[]>();
  for (const point of points) groups.set(point.site, [...(groups.get(point.site) ?? []), point]);
  return [...groups].map(([site, members]) => {
    const { colour, shape } = mark(order.indexOf(site), theme);
    return {
      type: "scatter",
      name: members[0]?.siteName,
      symbol: `path://${shape}`,
      symbolSize: 12,
      itemStyle: { color: colour, opacity: 0.9, borderColor: INK[theme].surface, borderWidth: 1 },
      emphasis: { scale: 1.5 },
      data: members.map((point) => ({ value: [point.x, point.y], point })),
    };
  });
}

function tooltip(point: Point, x: Axis, y: Axis): HTMLElement {
  const box = document.createElement("div");
  const lines = [`${point.siteName} · ${point.flavorName}`, ...[y, x].map(({ title }) => title)];
  const values = ["", significant(point.y, 8), typeof point.x === "number" ? significant(point.x, 8) : point.x];
  for (const [place, text] of lines.entries()) {
    const line = document.createElement(place === 0 ? "strong" : "div");
    line.textContent = place === 0 ? text : `${text}: ${values[place]}`;
    box.append(line);
  }
  return box;
}

export function scatterOption({ points, x, y, order, theme }: Scatter): EChartsCoreOption {
  const { text, surface: background, line } = INK[theme];
  const yAxis = axisOption(y, points.map((point) => point.y), theme);
  const xAxis = axisOption(x, points.map((point) => point.x), theme);
  return {
    animation: false,
    textStyle: { fontFamily: "system-ui, sans-serif" },
    grid: { left: 64, right: 16, top: 16, bottom: x.text ? 96 : 48 },
    xAxis: { nameGap: 30, ...xAxis },
    yAxis: { ...yAxis, nameGap: 46 },
    tooltip: {
      backgroundColor: background,
      borderColor: line,
      textStyle: { color: text, fontSize: 13 },
      confine: true,
      formatter: ({ data }: { data: { point: Point } }) => tooltip(data.point, x, y),
    },
    series: seriesOf(points, order, theme),
  };
}
