import { queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import { searchable } from "../../api/search";
import type { Named } from "../../api/types";

export const tags = {
  one: (id: string) =>
    queryOptions({
      queryKey: ["tags", id],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/tags/{id}", { params: { path: { id } }, signal })),
    }),
  search: (text: string) =>
    searchable(["tags"], text, (query, signal) =>
      listed<Named>(api.GET("/api/v1/tags:search", { params: { query }, signal })),
    ),
};

export interface NewTag {
  name: string;
  description: string;
}

export const createTag = ({ name, description }: NewTag) =>
  ok(api.POST("/api/v1/tags", { body: { name, description: description || null } }));
