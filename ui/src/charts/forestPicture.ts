import type { Theme } from "../theme";
import type { EChartsCoreOption } from "./echarts";
import { type ForestAxis, type Interval, tickText } from "./forest";
import type { Mark } from "./marks";
import { INK } from "./option";

export interface ForestRow extends Interval {
  name: string;
  /** What stands at the right: the value and how sure its rank is. */
  note: string;
  mark: Mark;
  /** Of a single run, whose interval is unknown. */
  hollow: boolean;
}

const ROW = 30;

export const forestSize = (rows: ForestRow[]) => ({ width: 1100, height: 130 + ROW * rows.length });

/** The forest plot as it leaves the page: with names, values and the answer in words above. */
export function forestPicture(rows: ForestRow[], axis: ForestAxis, title: string, unit: string, theme: Theme): EChartsCoreOption {
  const ink = INK[theme];
  const text = { color: ink.text, fontSize: 12 };
  const category = { type: "category", inverse: true, axisTick: { show: false }, axisLine: { show: false } };
  const inside = (value: number) => Math.min(axis.max, Math.max(axis.min, value));
  const lines = rows.flatMap(({ low, high, mark }, place) =>
    low === undefined || high === undefined
      ? []
      : [
          {
            type: "line",
            symbol: "none",
            lineStyle: { color: mark.colour, width: 2 },
            data: [
              [inside(low), place],
              [inside(high), place],
            ],
          },
        ],
  );
  return {
    animation: false,
    textStyle: { fontFamily: "system-ui, sans-serif" },
    grid: { left: 290, right: 300, top: 64, bottom: 56 },
    title: { text: title, left: 12, top: 10, textStyle: { color: ink.text, fontSize: 14, lineHeight: 20, width: 1076, overflow: "break" } },
    xAxis: {
      type: axis.log ? "log" : "value",
      min: axis.min,
      max: axis.max,
      name: unit,
      nameLocation: "middle",
      nameGap: 28,
      nameTextStyle: text,
      axisLabel: { ...text, formatter: tickText, customValues: axis.ticks },
      axisTick: { customValues: axis.ticks },
      axisLine: { lineStyle: { color: ink.line } },
      splitLine: { show: false },
    },
    yAxis: [
      { ...category, data: rows.map(({ name }) => name), axisLabel: { ...text, width: 270, overflow: "truncate" } },
      { ...category, data: rows.map(({ note }) => note), axisLabel: { ...text, width: 280, overflow: "truncate" }, position: "right" },
    ],
    series: [
      ...lines,
      {
        type: "scatter",
        data: rows.map(({ value, mark, hollow }, place) => ({
          value: [value, place],
          symbol: `path://${mark.shape}`,
          symbolSize: 12,
          itemStyle: { opacity: 1, color: hollow ? ink.surface : mark.colour, borderColor: mark.colour, borderWidth: hollow ? 2 : 0 },
        })),
      },
    ],
  };
}
