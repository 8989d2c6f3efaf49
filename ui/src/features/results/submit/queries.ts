import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../../api/client";
import type { Result } from "../../../api/types";
import type { Draft, Target } from "./draft";

/** The document goes as it was written: reading it here would round long numbers and lose repeated keys. */
const asWritten = { headers: { "Content-Type": "application/json" }, bodySerializer: (text: unknown) => String(text) };

/** What the server says of a document without storing it. Fails with the document's mistakes. */
export const check = (target: Target, json: string) =>
  queryOptions({
    queryKey: ["results", "check", target, json],
    queryFn: ({ signal }) =>
      ok(
        api.POST("/api/v1/results", {
          params: { query: { ...target, dry_run: true } },
          body: json,
          signal,
          ...asWritten,
        }),
      ),
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export async function submitResult(target: Target, { json, key }: Draft): Promise<Result> {
  const { headers, ...rest } = asWritten;
  const answer = await ok(
    api.POST("/api/v1/results", {
      params: { query: target, header: { "Idempotency-Key": key } },
      body: json,
      headers,
      ...rest,
    }),
  );
  return answer as Result;
}
