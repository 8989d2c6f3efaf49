import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../api/client";

export const claims = {
  /** For the result's uploader and admins. */
  of: (resultId: string) =>
    queryOptions({
      queryKey: ["results", resultId, "claims"],
      queryFn: ({ signal }) =>
        ok(api.GET("/api/v1/results/{id}/claims", { params: { path: { id: resultId } }, signal })),
    }),
};

export const claimResult = (id: string, message: string) =>
  ok(api.POST("/api/v1/results/{id}:claim", { params: { path: { id } }, body: { message } }));
