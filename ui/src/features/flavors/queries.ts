import { queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import { searchable } from "../../api/search";
import type { Named } from "../../api/types";

export const flavors = {
  one: (id: string) =>
    queryOptions({
      queryKey: ["flavors", id],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/flavors/{id}", { params: { path: { id } }, signal })),
    }),
  search: (siteId: string, text: string) =>
    searchable(["sites", siteId, "flavors"], text, (query, signal) =>
      listed<Named>(
        api.GET("/api/v1/sites/{id}/flavors:search", { params: { path: { id: siteId }, query }, signal }),
      ),
    ),
};
