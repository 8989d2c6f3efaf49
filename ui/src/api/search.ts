import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";

import type { Named, Page } from "./types";

interface PageQuery {
  terms: string[];
  page: number;
  per_page: number;
}

/** A paged search whose words are `text`, for a picker. `key` names the list that is searched. */
export const searchable = (
  key: string[],
  text: string,
  load: (query: PageQuery, signal: AbortSignal) => Promise<Page<Named>>,
) =>
  infiniteQueryOptions({
    queryKey: [...key, "search", text],
    queryFn: ({ pageParam: page, signal }) => load({ terms: termsOf(text), page, per_page: 20 }, signal),
    initialPageParam: 1,
    getNextPageParam: ({ page, pages }: Page<Named>) => (page < pages ? page + 1 : undefined),
    placeholderData: keepPreviousData,
  });

/** The words of a search box, as the API's `terms`. */
export const termsOf = (text: string) => text.split(/\s+/).filter(Boolean).slice(0, 20);

/** The order that is asked for, if one is. */
export const ordered = (sort_by = "") => (sort_by ? { sort_by } : {});
