import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import type { Ranking } from "../../api/types";
import { benchmarks } from "../benchmarks/queries";
import { service } from "../service/queries";
import { headline } from "../results/fields";
import { type Metric, type Question, rankingQuery } from "./question";

/** A result of the asker's own machine, which the server does not keep. */
export interface OwnRun {
  benchmark_id: string;
  json: unknown;
}

/** An answer in JSON, not in CSV: the API's document can't tell which parameter asks for which. */
const inJson = async <Answer>(answer: Promise<Answer>) => (await answer) as Exclude<Answer, string>;

const ask = (question: Question, own: OwnRun[], signal?: AbortSignal): Promise<Ranking> => {
  const query = rankingQuery(question, own.length > 0);
  return own.length > 0
    ? inJson(ok(api.POST("/api/v1/rankings", { params: { query }, body: { documents: own }, signal })))
    : inJson(ok(api.GET("/api/v1/rankings", { params: { query }, signal })));
};

/** The query of a candidate's `drift` address. */
function driftQuery(address: string) {
  const params = new URLSearchParams(address.slice(address.indexOf("?")));
  const text = (name: string) => params.get(name) ?? undefined;
  return {
    metric: text("metric") ?? "",
    flavor_id: text("flavor_id") ?? "",
    filters: params.getAll("filters"),
    execution_after: text("execution_after"),
    execution_before: text("execution_before"),
  };
}

export const find = {
  /** What is asked before anyone asked: the main figure of the featured benchmark, else of the first that has one. */
  start: () =>
    queryOptions({
      queryKey: ["find", "start"],
      queryFn: async ({ client }): Promise<Metric[]> => {
        const { featured } = await client.fetchQuery(service.info());
        const known = await client.fetchQuery(benchmarks.first());
        for (const { id } of [...(featured ? [featured] : []), ...known.items]) {
          // oxlint-disable-next-line no-await-in-loop -- the first one nearly always has a metric
          const { items } = await client.fetchQuery(benchmarks.fields(id));
          const metrics = items.filter(({ role }) => role === "metric");
          const path = headline(metrics)?.path;
          if (path) return [{ benchmark: id, path, weight: 1 }];
        }
        return [];
      },
    }),
  ranking: (question: Question, own: OwnRun[]) =>
    queryOptions({
      queryKey: ["find", "ranking", rankingQuery(question, own.length > 0), own],
      queryFn: ({ signal }) => ask(question, own, signal),
      placeholderData: keepPreviousData,
    }),
  scaling: (query: { benchmark_id: string; site_id: string; metric: string; over: string; filters: string[]; execution_after?: string }) =>
    queryOptions({
      queryKey: ["find", "scaling", query],
      queryFn: ({ signal }) => inJson(ok(api.GET("/api/v1/scaling", { params: { query }, signal }))),
      placeholderData: keepPreviousData,
    }),
  /** address: a candidate's `drift`. */
  drift: (address: string) =>
    queryOptions({
      queryKey: ["find", "drift", address],
      queryFn: ({ signal }) => inJson(ok(api.GET("/api/v1/drift", { params: { query: driftQuery(address) }, signal }))),
    }),
};

/** Whether the server takes these runs for this question; its refusal is thrown. */
export const tryOwn = (question: Question, own: OwnRun[]) => ask(question, own);
