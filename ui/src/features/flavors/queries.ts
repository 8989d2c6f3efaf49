import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import { ordered, searchable } from "../../api/search";
import type { Flavor, Named, Status } from "../../api/types";
import type { ListPage } from "../catalogue/listView";

export const flavors = {
  one: (id: string) =>
    queryOptions({
      queryKey: ["flavors", id],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/flavors/{id}", { params: { path: { id } }, signal })),
    }),
  /** With its site. */
  placed: (id: string) =>
    queryOptions({
      queryKey: ["flavors", id, "placed"],
      queryFn: async ({ signal }) => {
        const place = { params: { path: { id } }, signal };
        const [flavor, site] = await Promise.all([
          ok(api.GET("/api/v1/flavors/{id}", place)),
          ok(api.GET("/api/v1/flavors/{id}/site", place)),
        ]);
        return { ...flavor, site };
      },
    }),
  list: (siteId: string, { page, per_page, sort_by }: ListPage, status: Status = "approved") =>
    queryOptions({
      queryKey: ["sites", siteId, "flavors", "list", { page, per_page, sort_by, status }],
      queryFn: ({ signal }) => {
        const params = { path: { id: siteId }, query: { page, per_page, status, ...ordered(sort_by) } };
        return listed<Flavor>(api.GET("/api/v1/sites/{id}/flavors", { params, signal }));
      },
      placeholderData: keepPreviousData,
    }),
  search: (siteId: string, text: string) =>
    searchable(["sites", siteId, "flavors"], text, (query, signal) =>
      listed<Named>(
        api.GET("/api/v1/sites/{id}/flavors:search", { params: { path: { id: siteId }, query }, signal }),
      ),
    ),
};
