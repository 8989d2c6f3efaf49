import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import type { Claim, Result, Submit } from "../../api/types";

interface PageQuery {
  page: number;
  per_page: number;
}

const RESULT = "id,execution_datetime,upload_datetime,benchmark.name,site.name,flavor.name,claims_open,withdrawn";

export type OwnResult = Pick<Result, "id" | "upload_datetime" | "execution_datetime" | "claims_open" | "withdrawn"> & {
  benchmark: { name: string };
  site: { name: string };
  flavor: { name: string };
};

/** What is the person's own. */
/** What tells the lists of one's own page apart in its URL. */
export const SUBMITS = "waiting_";
export const CLAIMS = "reports_";

export const own = {
  results: (query: PageQuery) =>
    queryOptions({
      queryKey: ["users", "self", "results", query],
      queryFn: ({ signal }) =>
        listed<OwnResult>(
          api.GET("/api/v1/users/self/results", { params: { query: { ...query, fields: RESULT } }, signal }),
        ),
      placeholderData: keepPreviousData,
    }),
  claims: (query: PageQuery) =>
    queryOptions({
      queryKey: ["users", "self", "claims", query],
      queryFn: ({ signal }) => listed<Claim>(api.GET("/api/v1/users/self/claims", { params: { query }, signal })),
      placeholderData: keepPreviousData,
    }),
  submits: (query: PageQuery) =>
    queryOptions({
      queryKey: ["users", "self", "submits", query],
      queryFn: ({ signal }) => listed<Submit>(api.GET("/api/v1/users/self/submits", { params: { query }, signal })),
      placeholderData: keepPreviousData,
    }),
};

export const renewEmail = () => ok(api.POST("/api/v1/users/self:update"));

export const removeMe = () => ok(api.DELETE("/api/v1/users/self"));
