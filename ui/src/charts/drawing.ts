import type { Plotted } from "../api/types";
import type { ErrorKind, FitKind, Kind, Measure } from "../features/results/view";
import type { Theme } from "../theme";
import { type Mark, mark, OTHERS } from "./marks";
import { type Axis, type Group, grouped, grouping, type Point, pointsOf, type Skipped } from "./points";
import { type Fit, fit, type XY } from "./regression";
import { basesOf, ideals, related } from "./scaling";
import { extent } from "./stats";

/** What to draw of results, and how. */
export interface Plan {
  kind: Kind;
  x: Axis;
  y: Axis;
  colour: string;
  groupOf: ReturnType<typeof grouping>;
  /** Ids of groups in a lasting order, where there is one: gives each the same mark on every page. */
  order: string[];
  hide: string[];
  errors: "" | ErrorKind;
  fit: "" | FitKind;
  measure: "" | Measure;
  base: string;
  /** Which way the metric is better: what speedups need. */
  better?: string | null;
}

export interface Series extends Group {
  mark: Mark;
  points: Point[];
  hidden: boolean;
  /** The curve through its points, or why there is none. */
  fit?: Fit | string;
}

export interface Drawing extends Pick<Plan, "kind" | "x" | "y" | "errors"> {
  series: Series[];
  ideals: XY[][];
  skipped: Skipped[];
  theme: Theme;
  /** Id of the result that a ring points out. */
  marked?: string;
}

/** More groups than these can't be told apart: the smallest are drawn as one. */
export const MOST_GROUPS = 24;

/** Everything that a chart shows: its points, curves and lines, and what can't be shown. */
export function drawingOf(items: Plotted[], plan: Plan, theme: Theme): Drawing {
  const { x, y, measure } = plan;
  const all = pointsOf(items, x, y, plan.groupOf);
  const bases = measure ? basesOf(all.points, plan.base) : new Map<string, never>();
  const skipped = [...all.skipped];
  let points = all.points;
  if (measure) {
    const scaled = points.map((point) => related(point, bases.get(point.group), measure, plan.better ?? "lower"));
    const reasons = new Map(points.map(({ id }, place) => [id, scaled[place]]));
    for (const reason of new Set(scaled.filter((each) => typeof each === "string"))) {
      skipped.push({ reason, results: items.filter(({ id }) => reasons.get(id) === reason) });
    }
    points = scaled.filter((each) => typeof each !== "string");
  }
  const series = seriesOf(points, all.groups, plan, theme);
  const visible = series.filter(({ hidden }) => !hidden);
  const xs = visible.flatMap((each) => each.points.map((point) => point.x)).filter((each) => typeof each === "number");
  const shownBases = visible.map(({ id }) => bases.get(id)).filter((base) => base !== undefined);
  return {
    kind: plan.kind,
    x,
    y,
    errors: plan.errors,
    series,
    ideals: measure && shownBases.length > 0 ? ideals(shownBases, extent(xs)[1], measure) : [],
    skipped,
    theme,
  };
}

const naturally = new Intl.Collator("en", { numeric: true });

function seriesOf(points: Point[], groups: Group[], plan: Plan, theme: Theme): Series[] {
  const members = grouped(points);
  const bySize = groups.filter(({ id }) => members.has(id));
  const size = ({ id }: Group) => members.get(id)?.length ?? 0;
  const kept =
    bySize.length > MOST_GROUPS ? bySize.toSorted((a, b) => size(b) - size(a)).slice(0, MOST_GROUPS - 1) : bySize;
  const known = kept.toSorted((a, b) => naturally.compare(a.name, b.name));
  const others = bySize.filter((group) => !kept.includes(group));
  const place = ({ id }: Group, nth: number) => (plan.colour === "site" ? plan.order.indexOf(id) : nth);
  const one = (id: string, name: string, own: Point[], its: Mark): Series => ({
    id,
    name,
    mark: its,
    points: own,
    hidden: plan.hide.includes(id),
    fit: plan.fit && !plan.x.text ? fit(plan.fit, own.map((point) => [Number(point.x), point.y])) : undefined,
  });
  const series = known.map((group, nth) =>
    one(group.id, group.name, members.get(group.id) ?? [], mark(place(group, nth), theme)),
  );
  if (others.length > 0) {
    const own = others.flatMap(({ id }) => members.get(id) ?? []);
    series.push(one(" others", `${others.length} others`, own, OTHERS[theme]));
  }
  return series;
}

/** What is drawn. */
export const drawnPoints = ({ series }: Drawing) => series.filter(({ hidden }) => !hidden).flatMap(({ points }) => points);

/** The categories of x in their natural order: numbers by size. */
export const categoriesOf = (points: Point[]) =>
  [...new Set(points.map(({ x }) => x))]
    .toSorted((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : naturally.compare(String(a), String(b))))
    .map(String);

/** The point that an event of the chart is about: points are drawn in the order of their series. */
export function pointAt(series: Series[], seriesId: string | undefined, dataIndex: number): Point | undefined {
  return series.find(({ id }) => `points ${id}` === seriesId)?.points[dataIndex];
}
