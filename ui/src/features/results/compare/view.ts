import { useSearchParams } from "react-router";

import { COMPARE_LIMIT, type Query } from "../queries";
import { joinIds, pageOf, parseView, splitIds } from "../view";

export interface CompareView {
  /** Which results: ids in their order, or none for all that the other parameters match. */
  ids: string[];
  /** What the others are related to; "" is the first. */
  baseline: string;
  find: string;
  differences: boolean;
}

const parse = (params: URLSearchParams): CompareView => ({
  ids: splitIds(params.get("ids")).slice(0, COMPARE_LIMIT),
  baseline: params.get("baseline") ?? "",
  find: params.get("find") ?? "",
  differences: params.get("differences") === "only",
});

/** What a comparison shows, as its URL says, and how to change it. */
export function useCompareView(): [CompareView, Query, (change: Partial<CompareView>) => void] {
  const [params, setParams] = useSearchParams();
  const view = parse(params);
  const query = view.ids.length > 0 ? { ids: view.ids } : { ...pageOf(parseView(params)), page: 1 };
  const change = (patch: Partial<CompareView>) => {
    const kept = new URLSearchParams(window.location.search);
    const next = { ...parse(kept), ...patch };
    const set = (name: string, value: string) => (value ? kept.set(name, value) : kept.delete(name));
    set("ids", joinIds(next.ids));
    set("baseline", next.baseline);
    set("find", next.find);
    set("differences", next.differences ? "only" : "");
    setParams(kept, { replace: true, preventScrollReset: true, flushSync: true });
  };
  return [view, query, change];
}
