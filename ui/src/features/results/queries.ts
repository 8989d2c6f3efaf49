import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import type { Page, Plotted, Result, Row } from "../../api/types";
import { allPages } from "./allPages";

/** Which results: the part of a view that the table, the plot and the export share. */
export interface Selection {
  benchmark_id?: string;
  site_id?: string;
  flavor_id?: string;
  filters?: string[];
  tags_ids?: string[];
  terms?: string[];
  ids?: string[];
  execution_after?: string;
  execution_before?: string;
  upload_after?: string;
  upload_before?: string;
}
export interface Query extends Selection {
  sort_by?: string;
  page?: number;
  per_page?: number;
  fields?: string;
  after?: string;
}

const NAMES = "site.id,site.name,flavor.id,flavor.name";
const ROW = `id,execution_datetime,upload_datetime,benchmark.id,benchmark.name,${NAMES},tags,claims_open,json`;
const POINT = `id,${NAMES},tags,claims_open,json`;
export const PLOT_LIMIT = 10_000;
/** As many as arrive while one begins to read. */
export const PICTURE_LIMIT = 500;
export const COMPARE_LIMIT = 20;

/** Words need the searching operation. */
function ask(query: Query, signal: AbortSignal) {
  const { terms, ...rest } = query;
  return terms
    ? api.GET("/api/v1/results:search", { params: { query: { ...rest, terms } }, signal })
    : api.GET("/api/v1/results", { params: { query: rest }, signal });
}

/** Something that counts what has arrived of a long list. */
const progressKey = (selection: Selection) => ["results", "progress", selection];

export const results = {
  /** written: the whole answer as it came, with digits that JavaScript's numbers can't hold. */
  one: (id: string) =>
    queryOptions({
      queryKey: ["results", id],
      queryFn: async ({ signal }) => {
        const text = await ok(api.GET("/api/v1/results/{id}", { params: { path: { id } }, parseAs: "text", signal }));
        return { ...(JSON.parse(text) as Result), written: text };
      },
    }),
  list: (query: Query) =>
    queryOptions({
      queryKey: ["results", "list", query],
      queryFn: ({ signal }): Promise<Page<Row>> => listed<Row>(ask({ ...query, fields: ROW }, signal)),
      placeholderData: keepPreviousData,
    }),
  /** All that match, newest first, up to `limit`; `total` says how many there are. */
  all: (selection: Selection, limit = PLOT_LIMIT) =>
    queryOptions({
      queryKey: ["results", "all", selection, limit],
      queryFn: ({ signal, client }) =>
        allPages<Plotted>(
          (after) =>
            ask({ ...selection, per_page: 100, sort_by: "-execution_datetime", fields: POINT, after }, signal),
          limit,
          (progress) => client.setQueryData(progressKey(selection), progress),
        ),
      placeholderData: keepPreviousData,
    }),
  /** How far `all` is; it asks nothing by itself. */
  progress: (selection: Selection) =>
    queryOptions<{ done: number; total: number } | null>({
      queryKey: progressKey(selection),
      queryFn: () => null,
      enabled: false,
      gcTime: 0,
    }),
  compared: (query: Query) =>
    queryOptions({
      queryKey: ["results", "compared", query],
      queryFn: ({ signal }) => listed<Row>(ask({ ...query, per_page: COMPARE_LIMIT, fields: ROW }, signal)),
      placeholderData: keepPreviousData,
    }),
};
