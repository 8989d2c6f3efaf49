import { useQueries } from "@tanstack/react-query";

import type { Field, Named, Range } from "../../api/types";
import { benchmarks } from "../benchmarks/queries";
import { isNumeric } from "../results/fields";
import type { Question } from "./question";
import { ranges } from "./ranges";

/** What is known of the benchmarks that a question is about. */
export interface Known {
  fields: Map<string, Field[]>;
  names: Map<string, string>;
  /** Fields of the first benchmark, for names. */
  first: Field[];
  /** Facts about the machine that all benchmarks declare, and what values they take. */
  machine: Field[];
  ranges: Map<string, Range>;
  /** The number that tells the size of a machine, such as its cores. */
  size: Field | undefined;
  pending: boolean;
  error: Error | null;
}

export function useKnown({ metrics }: Question): Known {
  const ids = [...new Set(metrics.map(({ benchmark }) => benchmark))];
  const declared = useQueries({ queries: ids.map((id) => benchmarks.fields(id)) });
  const about = useQueries({ queries: ids.map((id) => benchmarks.one(id)) });
  const fields = new Map(ids.map((id, place) => [id, declared[place]?.data?.items ?? []]));
  const taken = useQueries({ queries: ids.map(ranges) });
  const first = fields.get(ids[0] ?? "") ?? [];
  const all = [...fields.values()];
  const machine = first.filter(
    ({ path, role }) => role === "machine" && all.every((each) => each.some((other) => other.path === path)),
  );
  return {
    fields,
    names: new Map(ids.map((id, place) => [id, titleOf(about[place]?.data)])),
    first,
    machine,
    ranges: merged(taken.map(({ data }) => data?.items ?? [])),
    size: machine.find(isNumeric),
    pending: declared.some(({ isPending }) => isPending),
    error: declared.find(({ error }) => error)?.error ?? null,
  };
}

/** What the benchmark calls itself, as in the answer; else its image without path and tag. */
function titleOf(benchmark: (Named & { json_schema?: unknown }) | undefined): string {
  const { title } = (benchmark?.json_schema ?? {}) as { title?: unknown };
  if (typeof title === "string" && title.trim()) return title.trim().slice(0, 80);
  return benchmark?.name.split("/").at(-1)?.split(":")[0] ?? "…";
}

/** Of several benchmarks: all values that any has. */
function merged(lists: Range[][]): Map<string, Range> {
  const found = new Map<string, Range>();
  for (const range of lists.flat()) {
    const before = found.get(range.path);
    found.set(range.path, before ? joined(before, range) : range);
  }
  return found;
}

function joined(one: Range, other: Range): Range {
  const times = new Map(one.values.map(({ value, results }) => [value, results]));
  for (const { value, results } of other.values) times.set(value, (times.get(value) ?? 0) + results);
  const ends = [one.low, one.high, other.low, other.high].filter((each) => each !== undefined);
  return {
    path: one.path,
    ...(ends.length > 0 && { low: Math.min(...ends), high: Math.max(...ends) }),
    values: [...times].map(([value, results]) => ({ value, results })),
  };
}
