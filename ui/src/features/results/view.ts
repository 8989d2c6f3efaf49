import { useSearchParams } from "react-router";

import type { ResultsPage, Selection } from "./queries";

export type Scale = "linear" | "log";

/** Everything a person can set on the results page. The URL holds it; what equals the default is left out. */
export interface View {
  benchmark_id: string;
  site_id: string;
  flavor_id: string;
  filters: string[];
  sort_by: string;
  page: number;
  per_page: number;
  plot: "" | "hidden";
  x: string;
  y: string;
  scale_x: "" | Scale;
  scale_y: "" | Scale;
  hide: string[];
}

export const PER_PAGE = [10, 20, 50, 100];
export const MAX_FILTERS = 20;

export const defaults: View = {
  benchmark_id: "",
  site_id: "",
  flavor_id: "",
  filters: [],
  sort_by: "-execution_datetime",
  page: 1,
  per_page: 20,
  plot: "",
  x: "",
  y: "",
  scale_x: "",
  scale_y: "",
  hide: [],
};

const whole = (text: string | null, fallback: number) =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : fallback;
const scale = (text: string | null) => (text === "log" || text === "linear" ? text : "");

export function parseView(params: URLSearchParams): View {
  const text = (name: keyof View) => params.get(name) ?? String(defaults[name]);
  const perPage = whole(params.get("per_page"), defaults.per_page);
  return {
    benchmark_id: text("benchmark_id"),
    site_id: text("site_id"),
    flavor_id: text("flavor_id"),
    filters: params.getAll("filters"),
    sort_by: text("sort_by"),
    page: whole(params.get("page"), defaults.page),
    per_page: PER_PAGE.includes(perPage) ? perPage : defaults.per_page,
    plot: params.get("plot") === "hidden" ? "hidden" : "",
    x: text("x"),
    y: text("y"),
    scale_x: scale(params.get("scale_x")),
    scale_y: scale(params.get("scale_y")),
    hide: params.getAll("hide"),
  };
}

export function viewParams(view: Partial<View>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(view) as [keyof View, View[keyof View]][]) {
    if (Array.isArray(value)) for (const each of value) params.append(name, each);
    else if (value !== defaults[name]) params.set(name, String(value));
  }
  return params;
}

/** The next view: another selection or order starts at its first page; another benchmark has other fields. */
export function changed(view: View, change: Partial<View>): View {
  const restart = !("page" in change) && ["benchmark_id", "site_id", "flavor_id", "filters", "sort_by", "per_page"];
  const next = { ...view, ...change };
  if (restart && restart.some((name) => name in change)) next.page = 1;
  if ("site_id" in change && !("flavor_id" in change)) next.flavor_id = "";
  if ("benchmark_id" in change && change.benchmark_id !== view.benchmark_id) {
    Object.assign(next, { filters: [], x: "", y: "", scale_x: "", scale_y: "" });
    if (next.sort_by.slice(1).startsWith("json.")) next.sort_by = defaults.sort_by;
  }
  return next;
}

const given = (text: string) => text || undefined;

export const selectionOf = (view: View): Selection => ({
  benchmark_id: given(view.benchmark_id),
  site_id: given(view.site_id),
  flavor_id: given(view.flavor_id),
  filters: view.filters.length > 0 ? view.filters : undefined,
});

export const pageOf = ({ sort_by, page, per_page, ...view }: View): ResultsPage => ({
  ...selectionOf({ ...defaults, ...view }),
  sort_by,
  page,
  per_page,
});

/** The view of this page's URL, and how to change it. Chart settings replace the history entry, the rest adds one. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [params, setParams] = useSearchParams();
  const view = parseView(params);
  const change = (patch: Partial<View>) => {
    const onlyChart = Object.keys(patch).every((name) => /^(plot|x|y|scale_[xy]|hide)$/.test(name));
    setParams(viewParams(changed(view, patch)), { replace: onlyChart, preventScrollReset: true });
  };
  return [view, change];
}
