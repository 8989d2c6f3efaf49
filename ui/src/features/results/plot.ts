import type { Field, Plotted } from "../../api/types";
import { fittingScale } from "../../charts/axis";
import type { Plan } from "../../charts/drawing";
import { type Axis, grouping } from "../../charts/points";
import { fieldName, headline, hint, isNumeric, mainMachineFact, nameWithUnit, valueAt } from "./fields";
import type { Kind, Measure, Scale, View } from "./view";

export type PlotSettings = Pick<
  View,
  "kind" | "x" | "y" | "scale_x" | "scale_y" | "colour" | "hide" | "errors" | "fit" | "measure" | "base"
> & {
  /** Ids of ticked results: each can be the baseline. */
  selected?: string[];
};
type Items = Pick<Plotted, "json">[];

export const KINDS: Record<Kind, string> = { scatter: "Points", line: "Lines", bar: "Bars", box: "Boxes" };
export const MEASURES: Record<Measure, string> = { speedup: "Speedup", efficiency: "Parallel efficiency" };

/** A path that no field declares holds text if no result has a number there. */
function isText(path: string, field: Field | undefined, items: Items): boolean {
  if (field) return !isNumeric(field);
  const values = items.map(({ json }) => valueAt(json, path));
  return values.some((value) => typeof value === "string") && !values.some((value) => typeof value === "number");
}

function axis(path: string, scale: "" | Scale, fields: Field[], items: Items, fromZero: boolean): Axis {
  const field = fields.find((each) => each.path === path);
  const text = isText(path, field, items);
  const fitting = () => (fromZero ? "linear" : fittingScale(items.map(({ json }) => valueAt(json, path))));
  const better = field && hint(field);
  const title = field ? nameWithUnit(field, fields) : path;
  return {
    path,
    text,
    title: better ? `${title}, ${better}` : title,
    scale: text ? "linear" : scale || fitting(),
    samples: field?.samples,
  };
}

/** The two axes: as the settings say, else the benchmark's main figure over its first fact about the machine. */
export function axesOf(settings: PlotSettings, fields: Field[], items: Items) {
  const y = settings.y || headline(fields)?.path;
  const x = settings.x || mainMachineFact(fields)?.path || fields.find(({ path }) => path !== y)?.path;
  if (!x || !y) return undefined;
  const fromZero = settings.kind === "bar";
  return {
    x: axis(x, settings.scale_x, fields, items, false),
    y: { ...axis(y, settings.scale_y, fields, items, fromZero), text: false },
  };
}

/** Which way the figure on y is better, if its benchmark says so. */
export const betterOf = (y: Axis, fields: Field[]) => fields.find(({ path }) => path === y.path)?.better;

/** Speedups need a figure that says what is better, over a number. */
export const canScale = (axes: { x: Axis; y: Axis }, fields: Field[]) =>
  Boolean(betterOf(axes.y, fields)) && !axes.x.text;

/** Everything that decides on a drawing but the results. Undefined where the benchmark has too few fields. */
export function planOf(settings: PlotSettings, fields: Field[], items: Items, order: string[]): Plan | undefined {
  const axes = axesOf(settings, fields, items);
  if (!axes) return undefined;
  const { kind, colour, hide, errors, base } = settings;
  const measure = canScale(axes, fields) ? settings.measure : "";
  // Scaling is seen on equal axes unless someone asks for others.
  const scaled: Axis = { ...axes.y, title: measure ? MEASURES[measure] : "", scale: settings.scale_y || "linear" };
  const x: Axis = measure ? { ...axes.x, scale: settings.scale_x || "linear" } : axes.x;
  const groupOf = grouping(colour, fields.find(({ path }) => path === colour));
  const fit = kind === "scatter" || kind === "line" ? settings.fit : "";
  const y = measure ? scaled : axes.y;
  return { kind, x, y, colour, groupOf, order, hide, errors, fit, measure, base, better: betterOf(axes.y, fields) };
}

/** As inside a sentence; acronyms stay. */
const lowerFirst = (text: string) => text.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());

export function plotTitle(settings: PlotSettings, fields: Field[]): string {
  const axes = axesOf(settings, fields, []);
  const name = (path: string) => {
    const field = fields.find((each) => each.path === path);
    return field ? fieldName(field, fields) : path;
  };
  if (!axes) return "Plot";
  const what = settings.measure && canScale(axes, fields) ? `${MEASURES[settings.measure]} of ${lowerFirst(name(axes.y.path))}` : name(axes.y.path);
  return `${what} by ${lowerFirst(name(axes.x.path))}`;
}
