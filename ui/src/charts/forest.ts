import { significant } from "../components/numbers";
import { logTicks } from "./axis";
import { extent } from "./stats";

/** A value with its interval, where it has one. */
export interface Interval {
  value: number;
  low?: number;
  high?: number;
}

/** The axis that all intervals of a forest plot share. */
export interface ForestAxis {
  log: boolean;
  min: number;
  max: number;
  ticks: number[];
  /** From 0 at the left to 1 at the right; what lies beyond is put at the edge. */
  at: (value: number) => number;
}

/** Intervals that reach farther than this beyond all values are cut, and marked as cut. */
const REACH = 3;
const MOST_TICKS = 6;
const LOG_FROM = 8;

export function forestAxis(items: Interval[], also: number[] = []): ForestAxis {
  const [least, most] = extent([...items.map(({ value }) => value), ...also]);
  const [low, high] = extent(items.flatMap((each) => [each.value, each.low ?? each.value, each.high ?? each.value]));
  let min = Math.min(least, Math.max(low, least / REACH));
  let max = Math.max(most, Math.min(high, most * REACH));
  if (!(min < max)) [min, max] = [min * 0.9, max * 1.1];
  const log = max / min >= LOG_FROM;
  const pad = log ? (max / min) ** 0.04 : (max - min) * 0.05;
  [min, max] = log ? [min / pad, max * pad] : [Math.max(0, min - pad), max + pad];
  const of = log ? Math.log : (value: number) => value;
  const place = (value: number) => (of(value) - of(min)) / (of(max) - of(min));
  return {
    log,
    min,
    max,
    ticks: log ? thinned(logTicks(min, max, false)) : evenTicks(min, max),
    at: (value) => Math.min(1, Math.max(0, place(value))),
  };
}

const thinned = (ticks: number[]) => {
  const stride = Math.ceil(ticks.length / MOST_TICKS);
  return ticks.filter((_, place) => place % stride === 0);
};

function evenTicks(min: number, max: number): number[] {
  const rough = (max - min) / (MOST_TICKS - 1);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * decade).find((each) => each >= rough) ?? 10 * decade;
  const first = Math.ceil(min / step);
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, place) =>
    Number(((first + place) * step).toPrecision(12)),
  );
}

export const tickText = (tick: number) => significant(tick, 4);
