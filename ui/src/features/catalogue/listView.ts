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

/**
 * What a searchable list shows, as its URL says: the words, the page, how many a page, the order.
 * prefix: tells the parameters of several lists on a page apart.
 */
export function useListView(prefix = ""): [ListView, (change: Partial<ListView>) => void] {
  const [params, setParams] = useSearchParams();
  const said = (name: string) => params.get(prefix + name) ?? "";
  const whole = (name: string) => (/^[1-9]\d{0,8}$/.test(said(name)) ? Number(said(name)) : 0);
  const size = whole("per_page");
  const view = {
    text: said("q"),
    page: whole("page") || 1,
    per_page: LIST_SIZES.includes(size) ? size : 20,
    sort_by: /^[+-]\w+$/.test(said("sort_by")) ? said("sort_by") : "",
  };
  const change = (patch: Partial<ListView>) => {
    const next = { ...view, page: 1, ...patch };
    setParams(
      (kept) => {
        const say = (name: string, value: string | number, usual: string | number) =>
          value === usual ? kept.delete(prefix + name) : kept.set(prefix + name, String(value));
        say("q", next.text, "");
        say("page", next.page, 1);
        say("per_page", next.per_page, 20);
        say("sort_by", next.sort_by ?? "", "");
        return kept;
      },
      { replace: "text" in patch, preventScrollReset: true },
    );
  };
  return [view, change];
}
