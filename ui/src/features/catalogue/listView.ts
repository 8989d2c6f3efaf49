import { useSearchParams } from "react-router";

export interface ListView {
  text: string;
  page: number;
  per_page: number;
  /** As in the API; empty: as the list comes. */
  sort_by?: string;
}

/** Which page of a list, in which order. */
export type ListPage = Omit<ListView, "text">;

export const LIST_SIZES = [10, 20, 50, 100];

/** What a searchable list shows, as its URL says: the words, the page, how many a page, the order. */
export function useListView(): [ListView, (change: Partial<ListView>) => void] {
  const [params, setParams] = useSearchParams();
  const whole = (name: string) => (/^[1-9]\d{0,8}$/.test(params.get(name) ?? "") ? Number(params.get(name)) : 0);
  const size = whole("per_page");
  const view = {
    text: params.get("q") ?? "",
    page: whole("page") || 1,
    per_page: LIST_SIZES.includes(size) ? size : 20,
    sort_by: /^[+-]\w+$/.test(params.get("sort_by") ?? "") ? (params.get("sort_by") ?? "") : "",
  };
  const change = (patch: Partial<ListView>) => {
    const next = { ...view, page: 1, ...patch };
    const kept = new URLSearchParams();
    if (next.text) kept.set("q", next.text);
    if (next.page > 1) kept.set("page", String(next.page));
    if (next.per_page !== 20) kept.set("per_page", String(next.per_page));
    if (next.sort_by) kept.set("sort_by", next.sort_by);
    setParams(kept, { replace: "text" in patch, preventScrollReset: true });
  };
  return [view, change];
}
