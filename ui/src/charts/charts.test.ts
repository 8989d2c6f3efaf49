import { expect, test } from "vitest";

import { cores, fields, model, result, score } from "../test/examples";
import { axesOf, planOf, plotTitle } from "../features/results/plot";
import { defaults, type View } from "../features/results/view";
import { fittingScale, logTicks } from "./axis";
import { mark } from "./marks";
import { cell, csv } from "./csv";
import { drawingOf, MOST_GROUPS, type Plan } from "./drawing";
import { type DriftDrawing, driftOption } from "./drift";
import { chartOption } from "./option";
import { errorOf, grouping, type Point, pointsOf } from "./points";
import { basesOf, ideals, related } from "./scaling";
import { tableOf } from "./table";

const run = (id: string, count: unknown, seconds: unknown) =>
  result(id, { result: { score: seconds }, machine: { cpu: { count, model: "Xeon" } } });

test("cores get doubling ticks, other logarithmic axes 1-2-5", () => {
  expect(logTicks(0.8, 40, true)).toEqual([1, 2, 4, 8, 16, 32]);
  expect(logTicks(22, 2800, false)).toEqual([50, 100, 200, 500, 1000, 2000]);
});

test("a wide positive range is logarithmic, anything else linear", () => {
  expect(fittingScale([1, 2, 32])).toBe("log");
  expect(fittingScale([1, 2, 8])).toBe("linear");
  expect(fittingScale([0, 1, 1000])).toBe("linear");
  expect(fittingScale(["a", undefined])).toBe("linear");
});

const bySite = grouping("site");

test("what can't be drawn is listed with the reason", () => {
  const items = [run("a", 1, 100), run("b", 2, "fast"), run("c", undefined, 5), run("d", 4, 0), run("e", 64, 1)];
  const axes = axesOf({ ...defaults, scale_x: "log", scale_y: "log" }, fields, items);
  expect(axes).toBeDefined();
  if (!axes) return;
  const { points, skipped } = pointsOf(items, axes.x, axes.y, bySite);
  expect(points.map(({ id, x, y }) => [id, x, y])).toEqual([
    ["a", 1, 100],
    ["e", 64, 1],
  ]);
  expect(skipped.map(({ reason, results }) => [reason, results.map(({ id }) => id)])).toEqual([
    ["result.score is not a number", ["b"]],
    ["no value for machine.cpu.count", ["c"]],
    ["result.score is zero or negative, which a logarithmic axis can't show", ["d"]],
  ]);
});

test("text stands on an axis of categories, and a free path is allowed", () => {
  const items = [run("a", 1, 100)];
  expect(axesOf({ ...defaults, x: model.path }, fields, items)?.x).toMatchObject({ text: true, title: "CPU model" });
  expect(axesOf({ ...defaults, x: "result.runs" }, fields, items)?.x).toMatchObject({ title: "result.runs" });
  expect(axesOf(defaults, [cores, score], items)?.y.title).toBe("Score (s), lower is better");
});

test("49 sites have marks of their own", () => {
  const marks = Array.from({ length: 49 }, (_, index) => JSON.stringify(mark(index, "light")));
  expect(new Set(marks).size).toBe(49);
});

test("a free path is text where no result has a number there", () => {
  const items = [result("a", { host: "n1", result: { score: 1 } }), result("b", { host: "n2", result: { score: 2 } })];
  expect(axesOf({ ...defaults, x: "host" }, fields, items)?.x.text).toBe(true);
});

const point = (id: string, group: string, x: number, y: number, samples: number[] = []): Point => ({
  id,
  group,
  siteName: group,
  flavorName: "m1",
  disputed: false,
  x,
  y,
  samples,
});

test("speedup relates each group to its own smallest x, or all to one result", () => {
  const points = [point("a1", "a", 1, 100), point("a1b", "a", 1, 120), point("a4", "a", 4, 55, [50, 60]), point("b2", "b", 2, 30)];
  const own = basesOf(points, "");
  expect(own).toEqual(new Map([["a", { x: 1, y: 110 }], ["b", { x: 2, y: 30 }]]));
  expect(basesOf(points, "b2").get("a")).toEqual({ x: 2, y: 30 });
  const four = points[2] as Point;
  expect(related(four, own.get("a"), "speedup", "lower")).toMatchObject({ y: 2, samples: [2.2, 110 / 60] });
  expect(related(four, own.get("a"), "efficiency", "lower")).toMatchObject({ y: 0.5 });
  expect(related(four, own.get("a"), "speedup", "higher")).toMatchObject({ y: 0.5 });
  expect(related({ ...four, y: 0 }, own.get("a"), "speedup", "lower")).toBe("speedup needs numbers above zero");
});

test("the ideal is proportional to x from each baseline, and one for efficiency", () => {
  const bases = [{ x: 1, y: 9 }, { x: 2, y: 5 }, { x: 1, y: 7 }];
  const lines = ideals(bases, 8, "speedup");
  expect(lines).toHaveLength(2);
  expect(lines[1]?.[0]).toEqual([2, 1]);
  expect(lines[0]?.at(-1)?.[1]).toBeCloseTo(8, 12);
  expect(ideals(bases, 8, "efficiency").flat().every(([, y]) => y === 1)).toBe(true);
  expect(ideals([], 8, "efficiency")).toEqual([]);
});

test("error bars go over the samples, or a standard deviation to both sides", () => {
  const some = point("a", "a", 1, 10, [8, 10, 12]);
  expect(errorOf(some, "range")).toEqual([8, 12]);
  expect(errorOf(some, "sd")).toEqual([8, 12]);
  expect(errorOf(point("b", "a", 1, 10, [8]), "sd")).toBeUndefined();
});

const runs = [run("a", 1, 100), run("b", 2, 52), run("c", 4, 27), run("d", 8, 14)];
const drawn = (change: Partial<View>, items = runs) =>
  drawingOf(items, planOf({ ...defaults, ...change }, fields, items, ["id of CESGA"]) as Plan, "light");
const typesOf = (change: Partial<View>) =>
  (chartOption(drawn(change)).series as { type: string }[]).map(({ type }) => type);

test("each kind of chart has its series, with curves, bars of error and ideal lines where asked", () => {
  expect(typesOf({})).toEqual(["scatter"]);
  expect(typesOf({ kind: "line", fit: "power" })).toEqual(["line", "scatter", "line"]);
  expect(typesOf({ kind: "bar", fit: "power" })).toEqual(["custom", "bar"]);
  expect(typesOf({ kind: "box" })).toEqual(["custom", "boxplot"]);
  expect(typesOf({ measure: "speedup" })).toEqual(["scatter", "line"]);
  expect(plotTitle({ ...defaults, measure: "efficiency" }, fields)).toBe("Parallel efficiency of score by CPU count");
});

test("colours follow the value of a field, and too many groups become one", () => {
  const items = Array.from({ length: 60 }, (_, place) => run(`r${place}`, place + 1, 100 - place));
  const { series } = drawn({ colour: cores.path }, items);
  expect(series).toHaveLength(MOST_GROUPS);
  expect(series.at(-1)).toMatchObject({ name: `${60 - MOST_GROUPS + 1} others` });
  expect(drawn({ colour: model.path }).series.map(({ name }) => name)).toEqual(["Xeon"]);
  expect(drawn({ colour: "tags" }).series.map(({ name }) => name)).toEqual(["no tag"]);
});

test("the table of a chart holds the shown points and is safe in a spreadsheet", () => {
  expect(csv(tableOf(drawn({}))).split("\r\n").slice(0, 2)).toEqual([
    'id,site,flavor,group,CPU count,"Score (s), lower is better"',
    "a,CESGA,m1.small,CESGA,1,100",
  ]);
  expect(tableOf(drawn({ hide: ["id of CESGA"] }))).toHaveLength(1);
  expect(cell("=1+1")).toBe("'=1+1");
  expect(cell(-5)).toBe("-5");
  expect(cell('say "hi"')).toBe('"say ""hi"""');
});

const optionOf = (settings: Partial<View>, marked?: string) => {
  const items = [run("a", 1, 100), run("b", 2, 60)];
  const plan = planOf({ ...defaults, ...settings }, fields, items, []);
  if (!plan) throw new Error("There is a plan.");
  return chartOption({ ...drawingOf(items, plan, "light"), marked }) as { series: { id: string; data: unknown[] }[]; media?: unknown };
};

const ring = (id: string) => optionOf({}, id).series.find((each) => each.id === "marked");

test("a ring points out one result, where it is drawn", () => {
  expect(ring("b")?.data).toEqual([[2, 60]]);
  expect(ring("elsewhere")).toBeUndefined();
});

test("names of categories stand steeper where there is little room", () => {
  expect(optionOf({ x: model.path }).media).toBeDefined();
  expect(optionOf({}).media).toBeUndefined();
});

const courseOf = (course: Pick<DriftDrawing, "segments" | "changes" | "trend">) => {
  const points = [{ at: "2024-01-01", value: 10 }, { at: "2024-02-01", value: 11 }, { at: "2024-03-01", value: 12 }];
  const { series } = driftOption({ points, title: "Time", colour: "#000", ...course }, "light") as { series: { type: string; data: unknown[] }[] };
  return series.filter(({ type }) => type === "line").map(({ data }) => data);
};

test("a trend is one line, a change a level before and one after it", () => {
  const whole = { start: "2024-01-01", end: "2024-03-01" };
  expect(courseOf({ segments: [{ ...whole, value: 11 }], changes: [], trend: { ...whole, first: 10.1, last: 11.9 } })).toEqual([
    [["2024-01-01", 10.1], ["2024-03-01", 11.9]],
  ]);
  const levels = [{ start: "2024-01-01", end: "2024-01-01", value: 10 }, { start: "2024-02-01", end: "2024-03-01", value: 11.5 }];
  const [change, ...lines] = courseOf({ segments: levels, changes: [{ at: "2024-02-01" }] });
  expect(change).toEqual([["2024-02-01", expect.any(Number)], ["2024-02-01", expect.any(Number)]]);
  expect(lines).toEqual([
    [["2024-01-01", 10], ["2024-01-01", 10]],
    [["2024-02-01", 11.5], ["2024-03-01", 11.5]],
  ]);
});
