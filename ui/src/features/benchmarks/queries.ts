import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import { ordered, searchable, termsOf } from "../../api/search";
import type { Named } from "../../api/types";
import type { ListPage } from "../catalogue/listView";

const COLUMNS = "id,name,description";

export const benchmarks = {
  one: (id: string) =>
    queryOptions({
      queryKey: ["benchmarks", id],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/benchmarks/{id}", { params: { path: { id } }, signal })),
    }),
  first: () =>
    queryOptions({
      queryKey: ["benchmarks", "first"],
      queryFn: ({ signal }) =>
        listed<Named>(
          api.GET("/api/v1/benchmarks", { params: { query: { per_page: 6, fields: COLUMNS } }, signal }),
        ),
    }),
  fields: (id: string) =>
    queryOptions({
      queryKey: ["benchmarks", id, "fields"],
      queryFn: ({ signal }) =>
        ok(api.GET("/api/v1/benchmarks/{id}/fields", { params: { path: { id } }, signal })),
    }),
  list: (text: string, { page, per_page, sort_by }: ListPage) =>
    queryOptions({
      queryKey: ["benchmarks", "list", { text, page, per_page, sort_by }],
      queryFn: ({ signal }) => {
        const query = { terms: termsOf(text), page, per_page, ...ordered(sort_by), fields: COLUMNS };
        return listed<Named>(api.GET("/api/v1/benchmarks:search", { params: { query }, signal }));
      },
      placeholderData: keepPreviousData,
    }),
  search: (text: string) =>
    searchable(["benchmarks"], text, (query, signal) =>
      listed<Named>(
        api.GET("/api/v1/benchmarks:search", { params: { query: { ...query, fields: COLUMNS } }, signal }),
      ),
    ),
};
