import type { Field, Plotted } from "../api/types";
import { valueAt } from "../features/results/fields";
import type { ErrorKind, Kind, Scale } from "../features/results/view";
import { deviation } from "./stats";

export interface Point {
  id: string;
  /** Id of what it is coloured by. */
  group: string;
  siteName: string;
  flavorName: string;
  disputed: boolean;
  x: number | string;
  y: number;
  /** The repeats that y sums up; empty where the result tells none. */
  samples: number[];
}

/** One axis: the path it reads and how; text, and the boxes and bars of a kind, stand on an axis of categories. */
export interface Axis {
  path: string;
  title: string;
  scale: Scale;
  text: boolean;
  /** Path of the repeats. */
  samples?: string | null;
}

export interface Group {
  id: string;
  name: string;
}

export interface Skipped {
  reason: string;
  results: Pick<Plotted, "id" | "site" | "flavor">[];
}

function mistake(value: unknown, { path, scale, text }: Axis): string | undefined {
  if (value === undefined || value === null) return `no value for ${path}`;
  if (text) return typeof value === "object" ? `${path} is not a single value` : undefined;
  if (typeof value !== "number") return `${path} is not a number`;
  return scale === "log" && value <= 0 ? `${path} is zero or negative, which a logarithmic axis can't show` : undefined;
}

/** What can be drawn, and why the rest can't. */
export function pointsOf(results: Plotted[], x: Axis, y: Axis, groupOf: (result: Plotted) => Group) {
  const points: Point[] = [];
  const groups = new Map<string, Group>();
  const reasons = new Map<string, Plotted[]>();
  for (const result of results) {
    const { id, site, flavor, json, claims_open: claims } = result;
    const [across, up] = [valueAt(json, x.path), valueAt(json, y.path)];
    const reason = mistake(across, x) ?? mistake(up, y);
    if (reason) {
      const others = reasons.get(reason);
      if (others) others.push(result);
      else reasons.set(reason, [result]);
    } else {
      const group = groupOf(result);
      groups.set(group.id, group);
      points.push({
        id,
        group: group.id,
        siteName: site.name,
        flavorName: flavor.name,
        disputed: claims > 0,
        x: typeof across === "number" ? across : String(across),
        y: up as number,
        samples: y.samples ? numbersIn(valueAt(json, y.samples)) : [],
      });
    }
  }
  const skipped: Skipped[] = [...reasons].map(([reason, all]) => ({ reason, results: all }));
  return { points, groups: [...groups.values()], skipped };
}

const numbersIn = (value: unknown) =>
  Array.isArray(value) ? value.filter((each): each is number => typeof each === "number") : [];

/** From where to where an error bar goes; undefined where the samples don't tell. */
export function errorOf({ y, samples }: Point, kind: ErrorKind): [number, number] | undefined {
  if (samples.length < 2) return undefined;
  if (kind === "range") return [Math.min(...samples), Math.max(...samples)];
  const spread = deviation(samples) ?? 0;
  return [y - spread, y + spread];
}

/** What a result is coloured by: its site, flavor or tags, or the value at a path. */
export function grouping(colour: string, field?: Field): (result: Plotted) => Group {
  if (colour === "site") return ({ site }) => site;
  if (colour === "flavor") return ({ flavor, site }) => ({ id: flavor.id, name: `${flavor.name} (${site.name})` });
  if (colour === "tags") {
    return ({ tags }) => {
      const names = tags.map(({ name }) => name).join(", ");
      return { id: names, name: names || "no tag" };
    };
  }
  return ({ json }) => {
    const value = valueAt(json, colour);
    if (value === undefined || value === null) return { id: "", name: "no value" };
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return { id: text, name: field?.unit ? `${text} ${field.unit}` : text };
  };
}

/** Bars and boxes stand side by side for each x. */
export const byCategory = (kind: Kind, x: Axis) => x.text || kind === "bar" || kind === "box";

/** The points of each group. */
export function grouped(points: Point[]): Map<string, Point[]> {
  const groups = new Map<string, Point[]>();
  for (const point of points) {
    const members = groups.get(point.group);
    if (members) members.push(point);
    else groups.set(point.group, [point]);
  }
  return groups;
}
