import { significant } from "../components/numbers";
import type { Axis } from "./points";
import { extent } from "./stats";

export interface Ink {
  text: string;
  line: string;
  grid: string;
  surface: string;
}

/** ECharts' settings of an axis that holds these numbers, or these categories. */
export function axisOption({ title, scale, text }: Axis, numbers: number[], ink: Ink, categories?: string[], fromZero = false) {
  const look = {
    name: title,
    nameLocation: "middle",
    nameTextStyle: { color: ink.text, fontSize: 13 },
    axisLine: { show: true, lineStyle: { color: ink.line } },
    axisTick: { show: true, lineStyle: { color: ink.line } },
    axisLabel: { color: ink.text, hideOverlap: true, fontSize: 12 },
    splitLine: { show: true, lineStyle: { color: ink.grid } },
  };
  if (categories) {
    if (!text) return { ...look, type: "category", data: categories };
    const label = { ...look.axisLabel, interval: 0, rotate: 20, width: 130, overflow: "truncate", hideOverlap: false };
    const axisLabel = categories.length <= 12 ? label : look.axisLabel;
    return { ...look, type: "category", data: categories, axisLabel, nameGap: 62 };
  }
  const label = { ...look.axisLabel, formatter: (value: number) => significant(value) };
  const [least, most] = extent(numbers);
  if (scale === "linear" || numbers.length === 0 || least <= 0) {
    return { ...look, type: "value", axisLabel: label, boundaryGap: [0, "4%"], ...(fromZero ? { min: Math.min(0, least) } : {}) };
  }
  const [min, max] = [least / 1.25, most * 1.25];
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

/** Logarithmic ticks: doublings for whole numbers (cores), else 1-2-5, thinned to at most eight. */
export function logTicks(min: number, max: number, whole: boolean): number[] {
  const ticks: number[] = [];
  if (whole && max / min <= 4096) {
    for (let tick = 2 ** Math.ceil(Math.log2(min)); tick <= max; tick *= 2) ticks.push(tick);
  } else {
    const last = Math.floor(Math.log10(max));
    for (let decade = Math.floor(Math.log10(min)); decade <= last; decade++) {
      for (const step of [1, 2, 5]) ticks.push(Number(`${step}e${decade}`));
    }
  }
  const inside = ticks.filter((tick) => tick >= min && tick <= max);
  const stride = Math.ceil(inside.length / 10);
  return inside.filter((_, place) => place % stride === 0);
}

/** Logarithmic when all is positive and the largest is twenty times the smallest or more. */
export function fittingScale(values: unknown[]): "linear" | "log" {
  const numbers = values.filter((value) => typeof value === "number");
  const [min, max] = extent(numbers);
  return numbers.length > 1 && min > 0 && max / min >= 20 ? "log" : "linear";
}
