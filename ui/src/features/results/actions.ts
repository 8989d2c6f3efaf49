import { api, ok } from "../../api/client";

export const withdrawResult = (id: string) => ok(api.DELETE("/api/v1/results/{id}", { params: { path: { id } } }));

export const restoreResult = (id: string) => ok(api.POST("/api/v1/results/{id}:restore", { params: { path: { id } } }));

export const setTags = (id: string, tags_ids: string[]) =>
  ok(api.PUT("/api/v1/results/{id}/tags", { params: { path: { id } }, body: { tags_ids } }));
