import { useSearchParams } from "react-router";

import { formatFilter, parseFilter } from "../results/filters";
import { before } from "../results/view";

const MISSING = ["require", "ignore", "penalize"] as const;

export type Missing = (typeof MISSING)[number];

export interface Metric {
  benchmark: string;
  /** "": the benchmark's primary metric. */
  path: string;
  weight: number;
}

/** Everything a person can set on the page that finds a site. The URL holds it; what equals the default is left out. */
export interface Question {
  metrics: Metric[];
  filters: string[];
  site_ids: string[];
  exclude_site_ids: string[];
  /** The first day of results that count, in UTC, as YYYY-MM-DD. */
  since: string;
  by: string[];
  per: string;
  /** "": the best there is; "mine": the asker's own machine; else a candidate's id. */
  baseline: string;
  missing: Missing;
  estimates: "" | "true";
  /** Candidates whose details are open. */
  open: string[];
  /** The site whose scaling is shown. */
  scaling: string;
}

export const defaults: Question = {
  metrics: [],
  filters: [],
  site_ids: [],
  exclude_site_ids: [],
  since: "",
  by: [],
  per: "",
  baseline: "",
  missing: "require",
  estimates: "",
  open: [],
  scaling: "",
};

export const MINE = "mine";
export const MOST_METRICS = 10;
/** What a step back in the browser does not undo one by one. */
const QUIET = new Set(["open", "scaling"]);

const unique = (texts: string[]) => [...new Set(texts)];

/** `ID:path:weight`, as the API has it. Undefined for a text that is none: a URL can hold anything. */
export function parseMetric(text: string): Metric | undefined {
  const [, benchmark, path = "", weight = "1"] = /^([0-9a-f-]{32,36})(?::([^:]+)(?::([0-9.eE+-]+))?)?$/i.exec(text) ?? [];
  const number = Number(weight);
  return benchmark && number > 0 && Number.isFinite(number) ? { benchmark, path, weight: number } : undefined;
}

export const formatMetric = ({ benchmark, path, weight }: Metric) =>
  [benchmark, ...(path ? [path, ...(weight === 1 ? [] : [String(weight)])] : [])].join(":");

export function parseQuestion(params: URLSearchParams): Question {
  const text = (name: keyof Question) => params.get(name) ?? "";
  const day = text("since");
  return {
    metrics: unique(params.getAll("metrics"))
      .map(parseMetric)
      .filter((metric) => metric !== undefined)
      .slice(0, MOST_METRICS),
    filters: unique(params.getAll("filters")).slice(0, 20),
    site_ids: unique(params.getAll("site_ids")),
    exclude_site_ids: unique(params.getAll("exclude_site_ids")),
    since: /^(19|[2-8]\d)\d\d-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : "",
    by: unique(params.getAll("by")).slice(0, 3),
    per: text("per"),
    baseline: text("baseline"),
    missing: MISSING.find((each) => each === params.get("missing")) ?? "require",
    estimates: text("estimates") === "true" ? "true" : "",
    open: unique(params.getAll("open")),
    scaling: text("scaling"),
  };
}

export function questionParams({ metrics, ...rest }: Partial<Question>): URLSearchParams {
  const params = new URLSearchParams();
  for (const metric of metrics ?? []) params.append("metrics", formatMetric(metric));
  for (const [name, value] of Object.entries(rest)) {
    if (Array.isArray(value)) for (const each of value) params.append(name, each);
    else if (value !== undefined && value !== defaults[name as keyof Question]) params.set(name, value);
  }
  return params;
}

/** The question as `/api/v1/rankings` takes it. own: whether the asker's machine takes part. */
export function rankingQuery(question: Question, own: boolean) {
  const { metrics, filters, site_ids, exclude_site_ids, since, by, per, baseline, missing, estimates } = question;
  const known = baseline === MINE && !own ? "" : baseline;
  return {
    metrics: metrics.map(formatMetric),
    ...(filters.length > 0 && { filters }),
    ...(site_ids.length > 0 && { site_ids }),
    ...(exclude_site_ids.length > 0 && { exclude_site_ids }),
    ...(since && { execution_after: before(since) }),
    ...(by.length > 0 && { by }),
    ...(per && { per }),
    ...(known && { baseline: known }),
    ...(missing !== "require" && { missing }),
    ...(estimates && { estimates: true }),
  };
}

/** The filters on one field. */
export const filtersOn = (filters: string[], path: string) =>
  filters.map(parseFilter).filter((filter) => filter?.path === path).filter((filter) => filter !== undefined);

/** With other filters on one field: operator and value of each. */
export const filteredBy = (filters: string[], path: string, wanted: [string, string][]) => [
  ...filters.filter((text) => parseFilter(text)?.path !== path),
  ...wanted.map(([operator, value]) => formatFilter({ path, operator, value })),
];

/** Another baseline or split is about other candidates: what was open or compared with is none of them. */
export function changed(question: Question, change: Partial<Question>): Question {
  const next = { ...question, ...change };
  if ("by" in change) {
    next.open = [];
    if (next.baseline !== MINE) next.baseline = "";
  }
  return next;
}

/** The question of this page's URL, and how to change it. */
export function useQuestion(): [Question, (change: Partial<Question>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (patch: Partial<Question>) => {
    const replace = Object.keys(patch).every((name) => QUIET.has(name));
    const now = parseQuestion(new URLSearchParams(window.location.search));
    setParams(questionParams(changed(now, patch)), { replace, preventScrollReset: true, flushSync: true });
  };
  return [parseQuestion(params), change];
}
