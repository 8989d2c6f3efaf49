import type { Measure } from "../features/results/view";
import { grouped, type Point } from "./points";
import { median } from "./stats";

export interface Base {
  x: number;
  y: number;
}

/**
 * What each group is related to: the median of its results at its smallest x (the fewest cores). One result chosen as the
 * baseline is it for all groups. A group without a number on x has none.
 */
export function basesOf(points: Point[], chosen: string): Map<string, Base> {
  const bases = new Map<string, Base>();
  const one = points.find(({ id }) => id === chosen);
  for (const [group, members] of grouped(points)) {
    if (one && typeof one.x === "number") bases.set(group, { x: one.x, y: one.y });
    else {
      const numbers = members.filter((point) => typeof point.x === "number");
      const x = numbers.reduce((least, point) => Math.min(least, Number(point.x)), Number.POSITIVE_INFINITY);
      const there = numbers.filter((point) => point.x === x).map(({ y }) => y);
      if (there.length > 0) bases.set(group, { x, y: median(there) });
    }
  }
  return bases;
}

/**
 * Speedup S(n) = T(n₀) / T(n) of a metric that should be low, and R(n) / R(n₀) of one that should be high; parallel efficiency
 * E(n) = S(n) / (n / n₀). Ideal is S = n / n₀ and E = 1. The reason, where there is none.
 */
export function related(point: Point, base: Base | undefined, measure: Measure, better: string): Point | string {
  const { x } = point;
  if (!base || typeof x !== "number") return `${measure} needs a number on both axes`;
  if (x <= 0 || point.y <= 0) return `${measure} needs numbers above zero`;
  if (base.x <= 0 || base.y <= 0) return `${measure} needs a baseline above zero`;
  const share = measure === "efficiency" ? base.x / x : 1;
  const of = (value: number) => (better === "lower" ? base.y / value : value / base.y) * share;
  return { ...point, y: of(point.y), samples: point.samples.filter((each) => each > 0).map(of) };
}

/** The ideal for each n₀ among the bases, from there to the largest x. */
export function ideals(bases: Iterable<Base>, largest: number, measure: Measure): [number, number][][] {
  const starts = [...new Set([...bases].map(({ x }) => x))].filter((x) => x > 0 && x < largest);
  const lines = measure === "efficiency" ? [Math.min(...starts)] : starts.toSorted((a, b) => a - b);
  if (starts.length === 0) return [];
  return lines.slice(0, 5).map((start) =>
    Array.from({ length: 41 }, (_, step) => {
      const x = start * (largest / start) ** (step / 40);
      return [x, measure === "efficiency" ? 1 : x / start] as [number, number];
    }),
  );
}
