import type { Theme } from "../theme";
import { logTicks } from "./axis";
import type { EChartsCoreOption } from "./echarts";
import { significant } from "../components/numbers";
import { INK } from "./option";
import { extent } from "./stats";

export interface SpeedupPoint {
  at: number;
  value: number;
  low?: number;
  high?: number;
}

export interface Curve {
  name: string;
  dash: "solid" | "dashed" | "dotted";
  points: [number, number][];
}

interface Drawn {
  points: SpeedupPoint[];
  curves: Curve[];
  /** What y is: speedups are seen on equal, logarithmic axes; efficiencies from 0. */
  measure: "Speedup" | "Efficiency";
  x: string;
  colour: string;
}

const format = (value: number) => significant(value, 4);

/** Measured speedups or efficiencies with their intervals, over fitted curves and the ideal. */
export function speedupOption({ points, curves, measure, x, colour }: Drawn, theme: Theme): EChartsCoreOption {
  const ink = INK[theme];
  const label = { color: ink.text, fontSize: 12 };
  const [least, most] = extent(points.map(({ at }) => at));
  const axis = { axisLine: { show: true, lineStyle: { color: ink.line } }, nameLocation: "middle", nameTextStyle: label };
  const grid = { show: true, lineStyle: { color: ink.grid } };
  const whole = points.every(({ at }) => Number.isInteger(at));
  const [min, max] = [least / 1.15, most * 1.15];
  const ticks = { customValues: logTicks(min, max, whole) };
  const log = { ...axis, type: "log", splitLine: grid };
  const [lowest, highest] = extent(points.flatMap(({ at, value, low, high }) => [value, low ?? value, high ?? value, measure === "Speedup" ? at : 1]));
  const rise = { customValues: logTicks(lowest / 1.15, highest * 1.15, whole) };
  const share = {
    ...axis,
    type: "value",
    min: 0,
    max: Math.ceil(highest * 4.2) / 4,
    interval: 0.25,
    axisLabel: { ...label, formatter: (value: number) => `${Math.round(value * 100)} %` },
    splitLine: grid,
  };
  return {
    animation: false,
    textStyle: { fontFamily: "system-ui, sans-serif" },
    grid: { left: 58, right: 16, top: 34, bottom: 46 },
    // The legend takes two lines where there is little room.
    media: [{ query: { maxWidth: 480 }, option: { grid: { top: 56 } } }, { option: { grid: { top: 34 } } }],
    legend: { top: 0, left: 50, itemWidth: 28, data: curves.map(({ name }) => name), textStyle: label },
    tooltip: { trigger: "item", confine: true, backgroundColor: ink.surface, borderColor: ink.line, textStyle: { color: ink.text } },
    xAxis: { ...log, min, max, axisTick: ticks, axisLabel: { ...label, ...ticks, formatter: format }, name: x, nameGap: 30 },
    yAxis: {
      ...(measure === "Speedup"
        ? { ...log, min: lowest / 1.15, max: highest * 1.15, axisTick: rise, axisLabel: { ...label, ...rise, formatter: format } }
        : share),
      name: measure,
      nameGap: 42,
    },
    series: [
      ...curves.map(({ name, dash, points: data }) => ({
        type: "line",
        name,
        data,
        symbol: "none",
        silent: true,
        lineStyle: { type: dash, width: 1.5, color: dash === "solid" ? colour : ink.text },
        itemStyle: { color: dash === "solid" ? colour : ink.text },
      })),
      ...points.flatMap(({ at, low, high }) =>
        low === undefined || high === undefined
          ? []
          : [{ type: "line", data: [[at, low], [at, high]], symbol: "none", silent: true, lineStyle: { color: colour, width: 2 } }],
      ),
      {
        type: "scatter",
        symbolSize: 10,
        data: points.map(({ at, value, low }) => ({
          value: [at, value],
          itemStyle: { color: low === undefined ? ink.surface : colour, borderColor: colour, borderWidth: 2 },
        })),
        tooltip: {
          formatter: ({ value: [at, value] }: { value: [number, number] }) =>
            `${significant(at)}: ${measure === "Speedup" ? `${significant(value, 3)}×` : `${Math.round(value * 100)} %`}`,
        },
      },
    ],
  };
}
