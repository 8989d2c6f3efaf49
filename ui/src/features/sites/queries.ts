import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import { ordered, searchable, termsOf } from "../../api/search";
import type { Named, Site } from "../../api/types";
import type { ListPage } from "../catalogue/listView";

export const sites = {
  one: (id: string) =>
    queryOptions({
      queryKey: ["sites", id],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/sites/{id}", { params: { path: { id } }, signal })),
    }),
  list: (text: string, { page, per_page, sort_by }: ListPage) =>
    queryOptions({
      queryKey: ["sites", "list", { text, page, per_page, sort_by }],
      queryFn: ({ signal }) => {
        const query = { terms: termsOf(text), page, per_page, ...ordered(sort_by) };
        return listed<Site>(api.GET("/api/v1/sites:search", { params: { query }, signal }));
      },
      placeholderData: keepPreviousData,
    }),
  /** Every site in the order of approval: what gives each its colour on every page. A new one comes last. */
  inOrder: () =>
    queryOptions({
      queryKey: ["sites", "order"],
      queryFn: async ({ signal }) => {
        const ids: string[] = [];
        for (let page = 1, pages = 1; page <= pages && page <= 10; page++) {
          const query = { page, per_page: 100, sort_by: "+approved_datetime", fields: "id" };
          const answer = await listed<Named>(api.GET("/api/v1/sites", { params: { query }, signal }));
          ids.push(...answer.items.map(({ id }) => id));
          pages = answer.pages;
        }
        return ids;
      },
      staleTime: 10 * 60_000,
    }),
  search: (text: string) =>
    searchable(["sites"], text, (query, signal) =>
      listed<Named>(api.GET("/api/v1/sites:search", { params: { query }, signal })),
    ),
};
