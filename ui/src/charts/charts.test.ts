import { expect, test } from "vitest";

import { cores, fields, model, result, score } from "../test/examples";
import { axesOf } from "../features/results/plot";
import { defaults } from "../features/results/view";
import { fittingScale, logTicks } from "./axis";
import { mark } from "./marks";
import { pointsOf } from "./points";

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

test("what can't be drawn is counted with the reason", () => {
  const items = [run("a", 1, 100), run("b", 2, "fast"), run("c", undefined, 5), run("d", 4, 0), run("e", 64, 1)];
  const axes = axesOf({ ...defaults, scale_x: "log", scale_y: "log" }, fields, items);
  expect(axes).toBeDefined();
  if (!axes) return;
  const { points, skipped } = pointsOf(items, axes.x, axes.y);
  expect(points.map(({ id, x, y }) => [id, x, y])).toEqual([
    ["a", 1, 100],
    ["e", 64, 1],
  ]);
  expect(skipped).toEqual([
    { reason: "result.score is not a number", count: 1 },
    { reason: "no value for machine.cpu.count", count: 1 },
    { reason: "result.score is zero or negative, which a logarithmic axis can't show", count: 1 },
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
