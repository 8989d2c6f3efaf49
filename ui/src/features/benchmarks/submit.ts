import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import type { Benchmark, Field } from "../../api/types";

/** What is typed on the page that submits a benchmark. */
export interface Draft {
  docker_image: string;
  docker_tag: string;
  url: string;
  description: string;
  schema: string;
}

export const BLANK: Draft = { docker_image: "", docker_tag: "", url: "", description: "", schema: "" };

const bodyOf = ({ schema, description, ...rest }: Draft) => ({
  ...rest,
  description: description || null,
  json_schema: JSON.parse(schema) as Record<string, unknown>,
});

/** The fields that a schema declares, or what is wrong with it. The rest of the form may still be blank. */
export const check = (schema: string) =>
  queryOptions({
    queryKey: ["benchmarks", "check", schema],
    queryFn: async ({ signal }) => {
      const body = bodyOf({ ...BLANK, docker_image: "unnamed", docker_tag: "0", url: "https://unnamed", schema });
      const answer = await ok(
        api.POST("/api/v1/benchmarks", { params: { query: { dry_run: true } }, body, signal }),
      );
      return (answer as { items: Field[] }).items;
    },
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const submitBenchmark = async (draft: Draft) =>
  (await ok(api.POST("/api/v1/benchmarks", { body: bodyOf(draft) }))) as Benchmark;
