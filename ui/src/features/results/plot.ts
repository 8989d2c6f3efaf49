import type { Field, Plotted } from "../../api/types";
import { fittingScale } from "../../charts/axis";
import type { Axis } from "../../charts/points";
import { fieldName, headline, hint, isNumeric, mainMachineFact, nameWithUnit, valueAt } from "./fields";
import type { Scale, View } from "./view";

export type PlotSettings = Pick<View, "x" | "y" | "scale_x" | "scale_y" | "hide">;

function axis(path: string, scale: "" | Scale, fields: Field[], items: Pick<Plotted, "json">[]): Axis {
  const field = fields.find((each) => each.path === path);
  const text = field !== undefined && !isNumeric(field);
  const fitting = () => fittingScale(items.map(({ json }) => valueAt(json, path)));
  const better = field && hint(field);
  const title = field ? nameWithUnit(field, fields) : path;
  return { path, text, title: better ? `${title}, ${better}` : title, scale: text ? "linear" : scale || fitting() };
}

/** The two axes: as the settings say, else the benchmark's main figure over its first fact about the machine. */
export function axesOf(settings: PlotSettings, fields: Field[], items: Pick<Plotted, "json">[]) {
  const y = settings.y || headline(fields)?.path;
  const x = settings.x || mainMachineFact(fields)?.path || fields.find(({ path }) => path !== y)?.path;
  if (!x || !y) return undefined;
  return { x: axis(x, settings.scale_x, fields, items), y: axis(y, settings.scale_y, fields, items) };
}

/** As inside a sentence; acronyms stay. */
const lowerFirst = (text: string) => text.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());

export function plotTitle(settings: PlotSettings, fields: Field[]): string {
  const axes = axesOf(settings, fields, []);
  const name = (path: string) => {
    const field = fields.find((each) => each.path === path);
    return field ? fieldName(field, fields) : path;
  };
  return axes ? `${name(axes.y.path)} by ${lowerFirst(name(axes.x.path))}` : "Plot";
}
