import type { Selection } from "./queries";

export type Format = "csv" | "json" | "ndjson" | "parquet";

export const FORMATS: { format: Format; name: string; holds: string }[] = [
  { format: "csv", name: "CSV", holds: "the columns shown" },
  { format: "json", name: "JSON", holds: "whole results" },
  { format: "ndjson", name: "NDJSON", holds: "whole results, one a line" },
  { format: "parquet", name: "Parquet", holds: "the columns shown" },
];

/** Where the server streams what is chosen. Tables begin with the id, so that each line can be traced. */
export function exportAddress(format: Format, selection: Selection, sortBy: string, columns: string[]): string {
  const params = new URLSearchParams({ format, sort_by: sortBy });
  for (const [name, value] of Object.entries(selection)) {
    for (const each of [value ?? []].flat()) params.append(name, each);
  }
  if (format === "csv" || format === "parquet") {
    for (const column of new Set(["id", ...columns])) params.append("columns", column);
  }
  return `/api/v1/results:export?${params}`;
}
