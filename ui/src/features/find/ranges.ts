import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import type { Field, Range } from "../../api/types";
import { count, significant } from "../../components/numbers";
import { isNumeric } from "../results/fields";

/** What values the declared fields of a benchmark take in its results. */
export const ranges = (benchmark: string) =>
  queryOptions({
    queryKey: ["find", "ranges", benchmark],
    queryFn: ({ signal }) => ok(api.GET("/api/v1/benchmarks/{id}/ranges", { params: { path: { id: benchmark } }, signal })),
  });

const MOST_STOPS = 50;
const STEPS = 40;

/** Where a slider over a field may stop: at values that there are; of very many, at even steps between. */
export function stopsOf({ low, high, values }: Range): number[] {
  const numbers = values.map(({ value }) => value).filter((value) => typeof value === "number");
  if (low === undefined || high === undefined) return [];
  if (numbers.length > 0 && numbers.length < MOST_STOPS && numbers.includes(low) && numbers.includes(high)) return numbers.toSorted((a, b) => a - b);
  const log = low > 0 && high / low >= 20;
  const at = (share: number) => (log ? low * (high / low) ** share : low + (high - low) * share);
  const between = Array.from({ length: STEPS - 1 }, (_, step) => Number(at((step + 1) / STEPS).toPrecision(3)));
  return [low, ...between.filter((each) => each > low && each < high), high];
}

/** The sizes that people choose from: the most frequent ones, the smallest first. */
export const sizesOf = ({ values }: Range, most = 12): number[] =>
  values
    .toSorted((a, b) => b.results - a.results)
    .map(({ value }) => value)
    .filter((value) => typeof value === "number")
    .slice(0, most)
    .toSorted((a, b) => a - b);

/** "1 to 32 cores" of a number; of a text, how many there are. */
export function rangeText(range: Range | undefined, field: Field): string {
  if (!range) return "";
  if (!isNumeric(field)) return range.values.length > 0 ? count(range.values.length, "kind") : "many kinds";
  if (range.low === undefined || range.high === undefined) return "no values";
  const unit = field.unit ? ` ${field.unit}` : "";
  return range.low === range.high
    ? `${significant(range.low)}${unit}`
    : `${significant(range.low)} to ${significant(range.high)}${unit}`;
}
