import { valueAt } from "../features/results/fields";
import type { Plotted } from "../api/types";
import type { Scale } from "../features/results/view";

export interface Point {
  id: string;
  site: string;
  siteName: string;
  flavorName: string;
  x: number | string;
  y: number;
}

/** One axis: the path it reads and how; text stands on an axis of categories. */
export interface Axis {
  path: string;
  title: string;
  scale: Scale;
  text: boolean;
}

export interface Skipped {
  reason: string;
  count: number;
}

function mistake(value: unknown, { path, scale, text }: Axis): string | undefined {
  if (value === undefined || value === null) return `no value for ${path}`;
  if (text) return typeof value === "object" ? `${path} is not a single value` : undefined;
  if (typeof value !== "number") return `${path} is not a number`;
  return scale === "log" && value <= 0 ? `${path} is zero or negative, which a logarithmic axis can't show` : undefined;
}

/** What can be drawn, and why the rest can't. */
export function pointsOf(results: Plotted[], x: Axis, y: Axis): { points: Point[]; skipped: Skipped[] } {
  const points: Point[] = [];
  const reasons = new Map<string, number>();
  for (const { id, site, flavor, json } of results) {
    const [across, up] = [valueAt(json, x.path), valueAt(json, y.path)];
    const reason = mistake(across, x) ?? mistake(up, y);
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    else {
      const place = { x: x.text ? String(across) : (across as number), y: up as number };
      points.push({ id, site: site.id, siteName: site.name, flavorName: flavor.name, ...place });
    }
  }
  return { points, skipped: [...reasons].map(([reason, count]) => ({ reason, count })) };
}
