import type { Ranking } from "../../api/types";
import { defaults, type Question, questionParams } from "./question";

/** The address that asks this question whatever is asked first tomorrow. */
export function addressOf(question: Question, from: string): string {
  const params = questionParams({ ...question, open: defaults.open, scaling: defaults.scaling });
  return `${from}/find?${params}`;
}

const day = (now: Date) => now.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** For a paper: what was said, by which rules, where, and when. */
export function citation({ summary, recipe, comparability }: Ranking, address: string, now: Date): string {
  const results = comparability.reduce((sum, each) => sum + each.results, 0);
  const benchmarks = [...new Set(recipe.metrics.map(({ benchmark }) => benchmark.name))].join(", ");
  return `EOSC-Performance, ${day(now)}: “${summary}” From ${results} results of ${benchmarks}, ranking recipe ${recipe.version}. ${address} (accessed ${day(now)}).`;
}
