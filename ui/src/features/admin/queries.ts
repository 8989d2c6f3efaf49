import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, listed, ok } from "../../api/client";
import { ordered, termsOf } from "../../api/search";
import type { Claim, Event, Submit, Tag, User } from "../../api/types";
import type { ListPage } from "../catalogue/listView";

export type Kind = Submit["resource_type"];

export const WAITING_SHOWN = 100;

export const admin = {
  /** What waits for a decision, the longest waiting first. */
  waiting: () =>
    queryOptions({
      queryKey: ["reports", "submits"],
      queryFn: ({ signal }) => {
        const query = { per_page: WAITING_SHOWN, sort_by: "+upload_datetime" };
        return listed<Submit>(api.GET("/api/v1/reports/submits", { params: { query }, signal }));
      },
      refetchInterval: 60_000,
    }),
  claim: (id: string) =>
    queryOptions({
      queryKey: ["reports", "claims", id],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/reports/claims/{id}", { params: { path: { id } }, signal })),
    }),
  claimsOf: (result: string) =>
    queryOptions({
      queryKey: ["results", result, "claims"],
      queryFn: ({ signal }) =>
        ok(api.GET("/api/v1/results/{id}/claims", { params: { path: { id: result } }, signal })) as Promise<{
          items: Claim[];
        }>,
    }),
  log: (page: number, per_page: number) =>
    queryOptions({
      queryKey: ["reports", "events", { page, per_page }],
      queryFn: ({ signal }) =>
        listed<Event>(api.GET("/api/v1/reports/events", { params: { query: { page, per_page } }, signal })),
      placeholderData: keepPreviousData,
    }),
  people: (text: string, { page, per_page, sort_by }: ListPage) =>
    queryOptions({
      queryKey: ["users", "list", { text, page, per_page, sort_by }],
      queryFn: ({ signal }) => {
        const query = { terms: termsOf(text), page, per_page, ...ordered(sort_by) };
        return listed<User>(api.GET("/api/v1/users:search", { params: { query }, signal }));
      },
      placeholderData: keepPreviousData,
    }),
  tags: (text: string, { page, per_page, sort_by }: ListPage) =>
    queryOptions({
      queryKey: ["tags", "list", { text, page, per_page, sort_by }],
      queryFn: ({ signal }) => {
        const query = { terms: termsOf(text), page, per_page, ...ordered(sort_by) };
        return listed<Tag>(api.GET("/api/v1/tags:search", { params: { query }, signal }));
      },
      placeholderData: keepPreviousData,
    }),
  tag: (id: string) =>
    queryOptions({
      queryKey: ["tags", id],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/tags/{id}", { params: { path: { id } }, signal })),
    }),
};

const at = (id: string) => ({ params: { path: { id } } });

export const approve: Record<Kind, (id: string) => Promise<unknown>> = {
  benchmark: (id) => ok(api.POST("/api/v1/benchmarks/{id}:approve", at(id))),
  site: (id) => ok(api.POST("/api/v1/sites/{id}:approve", at(id))),
  flavor: (id) => ok(api.POST("/api/v1/flavors/{id}:approve", at(id))),
  claim: (id) => ok(api.POST("/api/v1/reports/claims/{id}:approve", at(id))),
};

export const reject: Record<Kind, (id: string, reason: string | null) => Promise<unknown>> = {
  benchmark: (id, reason) => ok(api.POST("/api/v1/benchmarks/{id}:reject", { ...at(id), body: { reason } })),
  site: (id, reason) => ok(api.POST("/api/v1/sites/{id}:reject", { ...at(id), body: { reason } })),
  flavor: (id, reason) => ok(api.POST("/api/v1/flavors/{id}:reject", { ...at(id), body: { reason } })),
  claim: (id, reason) => ok(api.POST("/api/v1/reports/claims/{id}:reject", { ...at(id), body: { reason } })),
};

export const removeUser = ({ sub, iss }: User) =>
  ok(api.POST("/api/v1/users:remove", { params: { query: { sub, iss } } }));
