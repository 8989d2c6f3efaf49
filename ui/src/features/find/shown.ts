import type { Candidate, Ranking } from "../../api/types";
import { type ForestAxis, forestAxis, type Interval } from "../../charts/forest";
import { decimalsFor, fixed, significant } from "../../components/numbers";

export interface Shown {
  candidate: Candidate;
  /** What the plot shows of it. */
  interval: Interval;
  /** Whether nothing is known of how its runs vary. */
  single: boolean;
  text: string;
  /** "104.1 to 107.3" */
  range: string;
  /** "75 %" of the baseline. */
  ratio: string;
}

export interface ShownRanking {
  rows: Shown[];
  axis: ForestAxis;
  /** "Score in s": of one metric its values, of several the ratio to the baseline. */
  title: string;
  better: string;
  unit: string;
  one: boolean;
}

const share = (ratio: number | null | undefined) => (ratio === undefined || ratio === null ? undefined : ratio * 100);
const percent = (ratio: number) => `${significant(ratio * 100, ratio < 0.1 ? 2 : 3)} %`;

/** One metric is seen in its own unit; several as the ratio to the baseline. */
export function shownOf({ candidates, recipe }: Ranking, nameOf: (path: string) => string): ShownRanking {
  const [metric] = recipe.metrics;
  const one = recipe.metrics.length === 1 && metric !== undefined;
  const intervals = candidates.map((each): Interval => {
    const own = one ? each.metrics[0] : undefined;
    if (own?.value !== undefined && own.value !== null) return { value: own.value, low: own.low ?? undefined, high: own.high ?? undefined };
    return { value: each.ratio * 100, low: share(each.low), high: share(each.high) };
  });
  const decimals = one ? decimalsFor(intervals.map(({ value }) => Number(value.toPrecision(4)))) : 1;
  const unit = one ? metric.unit : "%";
  const direction = one ? metric.better : "higher";
  return {
    rows: candidates.map((candidate, place) => {
      const interval = intervals[place] ?? { value: 0 };
      return {
        candidate,
        interval,
        single: interval.low === undefined,
        text: fixed(interval.value, decimals),
        range: intervalText(interval, decimals),
        ratio: percent(candidate.ratio),
      };
    }),
    axis: forestAxis(intervals.length > 0 ? intervals : [{ value: 1 }]),
    title: one ? `${nameOf(metric.path)}${metric.unit ? ` in ${metric.unit}` : ""}` : "Of the baseline, in %",
    better: `${direction} is better`,
    unit,
    one,
  };
}

/** To the digits of its value. */
const intervalText = ({ low, high }: Interval, decimals: number) =>
  low === undefined || high === undefined ? "single run" : `${fixed(low, decimals)} to ${fixed(high, decimals)}`;

/** "1 to 3", or "2". */
export const rankRange = ({ rank_low: low, rank_high: high }: Candidate) =>
  low === undefined || high === undefined || low === null || high === null ? undefined : low === high ? String(low) : `${low} to ${high}`;

/** Never certain: it is counted in 4,000 draws. */
export const probability = ({ probability_best: first }: Candidate) => {
  if (first === undefined || first === null) return undefined;
  if (first > 0.99) return "> 99 %";
  if (first < 0.01) return "< 1 %";
  return `${Math.round(first * 100)} %`;
};
