import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import type { Plotted, Row } from "../../api/types";

/** Which results: the part of a view that the table and the plot share. */
export interface Selection {
  benchmark_id?: string;
  site_id?: string;
  flavor_id?: string;
  filters?: string[];
}
export interface ResultsPage extends Selection {
  sort_by?: string;
  page?: number;
  per_page?: number;
}

const NAMES = "site.id,site.name,flavor.id,flavor.name";
const ROW = `id,execution_datetime,benchmark.id,benchmark.name,${NAMES},tags,claims_open,json`;
export const PLOT_LIMIT = 1000;

export const results = {
  one: (id: string) =>
    queryOptions({
      queryKey: ["results", id],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/results/{id}", { params: { path: { id } }, signal })),
    }),
  list: (query: ResultsPage) =>
    queryOptions({
      queryKey: ["results", "list", query],
      queryFn: ({ signal }) =>
        listed<Row>(api.GET("/api/v1/results", { params: { query: { ...query, fields: ROW } }, signal })),
      placeholderData: keepPreviousData,
    }),
  /** All that match, newest first, up to PLOT_LIMIT; `total` says how many there are. */
  all: (selection: Selection) =>
    queryOptions({
      queryKey: ["results", "all", selection],
      queryFn: async ({ signal }) => {
        const items: Plotted[] = [];
        let total = 0;
        for (let page = 1, more = true; more; page++) {
          const query = {
            ...selection,
            page,
            per_page: 100,
            sort_by: "-execution_datetime",
            fields: `id,${NAMES},json`,
          };
          const answer = await listed<Plotted>(api.GET("/api/v1/results", { params: { query }, signal }));
          items.push(...answer.items);
          total = answer.total;
          more = page < answer.pages && items.length < PLOT_LIMIT;
        }
        return { items, total };
      },
      placeholderData: keepPreviousData,
    }),
};
