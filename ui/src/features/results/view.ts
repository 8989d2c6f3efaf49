import { useSearchParams } from "react-router";

import { termsOf } from "../../api/search";
import type { Query, Selection } from "./queries";

const SCALES = ["linear", "log"] as const;
const KINDS = ["scatter", "line", "bar", "box"] as const;
const ERRORS = ["range", "sd"] as const;
const FITS = ["linear", "exponential", "logarithmic", "power", "quadratic", "cubic"] as const;
const MEASURES = ["speedup", "efficiency"] as const;

export type Scale = (typeof SCALES)[number];
export type Kind = (typeof KINDS)[number];
export type ErrorKind = (typeof ERRORS)[number];
export type FitKind = (typeof FITS)[number];
export type Measure = (typeof MEASURES)[number];

/** Everything a person can set on the results page. The URL holds it; what equals the default is left out. */
export interface View {
  benchmark_id: string;
  site_id: string;
  flavor_id: string;
  filters: string[];
  tags_ids: string[];
  /** Words in the names of benchmark, site, flavor and tags. */
  q: string;
  /** Days, in UTC and inclusive, as YYYY-MM-DD. */
  executed_from: string;
  executed_to: string;
  uploaded_from: string;
  uploaded_to: string;
  /** Ids of ticked rows, whatever else is chosen. */
  selected: string[];
  /** Of all that matches, or only what is ticked. */
  only: "" | "selected";
  /** Keys of the table's columns in their order; none: the usual ones. */
  columns: string[];
  sort_by: string;
  page: number;
  per_page: number;
  plot: "" | "hidden";
  kind: Kind;
  x: string;
  y: string;
  scale_x: "" | Scale;
  scale_y: "" | Scale;
  /** What points are coloured by: "site", "flavor", "tags", or the path of a field. */
  colour: string;
  hide: string[];
  errors: "" | ErrorKind;
  fit: "" | FitKind;
  measure: "" | Measure;
  /** Id of the result that speedups are relative to; none: the smallest x of each group. */
  base: string;
}

export const PER_PAGE = [10, 20, 50, 100];
export const MAX_FILTERS = 20;
/** As many as the API takes in `ids`. */
export const MAX_SELECTED = 200;

export const defaults: View = {
  benchmark_id: "",
  site_id: "",
  flavor_id: "",
  filters: [],
  tags_ids: [],
  q: "",
  executed_from: "",
  executed_to: "",
  uploaded_from: "",
  uploaded_to: "",
  selected: [],
  only: "",
  columns: [],
  sort_by: "-execution_datetime",
  page: 1,
  per_page: 20,
  plot: "",
  kind: "scatter",
  x: "",
  y: "",
  scale_x: "",
  scale_y: "",
  colour: "site",
  hide: [],
  errors: "",
  fit: "",
  measure: "",
  base: "",
};

/** What chooses results, apart from ticking them. */
export const nothingChosen = {
  benchmark_id: "",
  site_id: "",
  flavor_id: "",
  filters: [],
  tags_ids: [],
  q: "",
  executed_from: "",
  executed_to: "",
  uploaded_from: "",
  uploaded_to: "",
  only: "",
} satisfies Partial<View>;

const CHART = new Set(["plot", "kind", "x", "y", "scale_x", "scale_y", "colour", "hide", "errors", "fit", "measure", "base"]);
/** Settings that a step back in the browser does not undo one by one. */
const QUIET = new Set([...CHART, "selected", "q"]);
const RESTARTS = new Set([...Object.keys(nothingChosen), "sort_by", "per_page"]);

const whole = (text: string | null, fallback: number) =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : fallback;
const day = (text: string) => (/^(19|[2-8]\d)\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "");
const unique = (texts: string[]) => [...new Set(texts)];

/** Ids in an address are joined by dots: a comma would take three characters. */
export const joinIds = (ids: string[]) => ids.join(".");
export const splitIds = (text: string | null) => unique((text ?? "").split(".").filter(Boolean));

export function parseView(params: URLSearchParams): View {
  const text = (name: keyof View) => params.get(name) ?? String(defaults[name]);
  const among = <Choice extends string, None extends string>(name: string, choices: readonly Choice[], none: None) =>
    choices.find((choice) => choice === params.get(name)) ?? none;
  const perPage = whole(params.get("per_page"), defaults.per_page);
  const selected = splitIds(params.get("selected")).slice(0, MAX_SELECTED);
  return {
    benchmark_id: text("benchmark_id"),
    site_id: text("site_id"),
    flavor_id: text("flavor_id"),
    filters: unique(params.getAll("filters")),
    tags_ids: unique(params.getAll("tags_ids")),
    q: text("q"),
    executed_from: day(text("executed_from")),
    executed_to: day(text("executed_to")),
    uploaded_from: day(text("uploaded_from")),
    uploaded_to: day(text("uploaded_to")),
    selected,
    only: selected.length > 0 ? among("only", ["selected"], "") : "",
    columns: unique(params.getAll("columns")),
    sort_by: text("sort_by"),
    page: whole(params.get("page"), defaults.page),
    per_page: PER_PAGE.includes(perPage) ? perPage : defaults.per_page,
    plot: among("plot", ["hidden"], ""),
    kind: among("kind", KINDS, defaults.kind),
    x: text("x"),
    y: text("y"),
    scale_x: among("scale_x", SCALES, ""),
    scale_y: among("scale_y", SCALES, ""),
    colour: params.get("colour") || defaults.colour,
    hide: params.getAll("hide"),
    errors: among("errors", ERRORS, ""),
    fit: among("fit", FITS, ""),
    measure: among("measure", MEASURES, ""),
    base: text("base"),
  };
}

export function viewParams(view: Partial<View>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(view) as [keyof View, View[keyof View]][]) {
    if (name === "selected") {
      if (view.selected?.length) params.set(name, joinIds(view.selected));
    } else if (Array.isArray(value)) for (const each of value) params.append(name, each);
    else if (value !== undefined && value !== defaults[name]) params.set(name, String(value));
  }
  return params;
}

const ofJson = (name: string) => name.startsWith("json.");

/** The next view: another choice or order starts at its first page; another benchmark has other fields. */
export function changed(view: View, change: Partial<View>): View {
  const next = { ...view, ...change };
  if (!("page" in change) && Object.keys(change).some((name) => RESTARTS.has(name))) next.page = 1;
  if ("site_id" in change && !("flavor_id" in change)) next.flavor_id = "";
  if ("benchmark_id" in change && change.benchmark_id !== view.benchmark_id) {
    Object.assign(next, { filters: [], x: "", y: "", scale_x: "", scale_y: "", measure: "", base: "" });
    if (!["site", "flavor", "tags"].includes(next.colour)) next.colour = defaults.colour;
    if (ofJson(next.sort_by.slice(1))) next.sort_by = defaults.sort_by;
    if (next.columns.some(ofJson)) next.columns = [];
  }
  if ("colour" in change && !("hide" in change)) next.hide = [];
  if (next.selected.length === 0) next.only = "";
  return next;
}

const given = <Value extends string | string[]>(value: Value) => (value.length > 0 ? value : undefined);
const DAY = 86_400_000;
/** The API's bounds are strict: the last moment before a day, and the first one after it. */
export const before = (date: string) => (date ? `${new Date(Date.parse(date) - DAY).toISOString().slice(0, 10)}T23:59:59.999999Z` : undefined);
const after = (date: string) => (date ? new Date(Date.parse(date) + DAY).toISOString() : undefined);

export function selectionOf(view: View): Selection {
  if (view.only === "selected") return { ids: view.selected };
  return {
    benchmark_id: given(view.benchmark_id),
    site_id: given(view.site_id),
    flavor_id: given(view.flavor_id),
    filters: given(view.filters),
    tags_ids: given(view.tags_ids),
    terms: given(termsOf(view.q)),
    execution_after: before(view.executed_from),
    execution_before: after(view.executed_to),
    upload_after: before(view.uploaded_from),
    upload_before: after(view.uploaded_to),
  };
}

export const pageOf = ({ sort_by, page, per_page, ...view }: View): Query => ({
  ...selectionOf({ ...defaults, ...view }),
  sort_by,
  page,
  per_page,
});

/** Whether anything narrows the list. */
export const isNarrowed = (view: View) =>
  Object.keys(nothingChosen).some((name) => view[name as keyof typeof nothingChosen].length > 0);

/**
 * The view of this page's URL, and how to change it. Chart settings and ticks replace the history entry, the rest adds one.
 * A change starts from the address bar, which is ahead of what is drawn when people are quick, and is drawn at once.
 */
export function useView(): [View, (change: Partial<View>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (patch: Partial<View>) => {
    const replace = Object.keys(patch).every((name) => QUIET.has(name));
    const now = parseView(new URLSearchParams(window.location.search));
    setParams(viewParams(changed(now, patch)), { replace, preventScrollReset: true, flushSync: true });
  };
  return [parseView(params), change];
}
