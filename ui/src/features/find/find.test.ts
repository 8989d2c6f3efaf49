import { expect, test } from "vitest";

import { forestAxis } from "../../charts/forest";
import { deployUrl } from "./deploy";
import { changed, defaults, filteredBy, formatMetric, parseMetric, parseQuestion, type Question, questionParams, rankingQuery } from "./question";
import { rangeText, sizesOf, stopsOf } from "./ranges";
import { probability } from "./shown";

const ID = "9e70b79e-189d-4ae6-a7a5-2b145a467502";
const asked: Question = {
  ...defaults,
  metrics: [{ benchmark: ID, path: "result.score", weight: 2 }],
  filters: ["machine.cpu.count == 8"],
  exclude_site_ids: ["b"],
  since: "2024-02-01",
  per: "machine.cpu.count",
  baseline: "mine",
  missing: "ignore",
  estimates: "true",
  open: ["x"],
};

test("a question survives its way through the address", () => {
  expect(parseQuestion(questionParams(asked))).toEqual(asked);
  expect([...questionParams(defaults)]).toEqual([]);
});

test("an address can hold anything", () => {
  const odd = new URLSearchParams("metrics=x&metrics=&missing=none&since=yesterday&estimates=1&filters=a&filters=a");
  expect(parseQuestion(odd)).toEqual({ ...defaults, filters: ["a"] });
});

test("metrics are written as the API has them", () => {
  expect(formatMetric({ benchmark: ID, path: "result.score", weight: 1 })).toBe(`${ID}:result.score`);
  expect(parseMetric(`${ID}:result.score:0.5`)).toEqual({ benchmark: ID, path: "result.score", weight: 0.5 });
  expect(parseMetric(ID)).toEqual({ benchmark: ID, path: "", weight: 1 });
  expect(parseMetric(`${ID}:result.score:0`)).toBeUndefined();
});

test("the day that results are from is the first that counts, and one's own machine is a baseline only with it", () => {
  expect(rankingQuery(asked, true)).toMatchObject({ baseline: "mine", execution_after: "2024-01-31T23:59:59.999999Z" });
  expect(rankingQuery(asked, false)).not.toHaveProperty("baseline");
});

test("another split is about other candidates", () => {
  expect(changed({ ...asked, baseline: "x" }, { by: ["cpu"] })).toMatchObject({ open: [], baseline: "" });
  expect(changed(asked, { by: ["cpu"] })).toMatchObject({ open: [], baseline: "mine" });
});

test("a constraint takes the place of others on its field", () => {
  expect(filteredBy(["a == 1", "b ~ x"], "a", [[">=", "2"], ["<=", "4"]])).toEqual(["b ~ x", "a >= 2", "a <= 4"]);
});

const values = (...each: number[]) => each.map((value, place) => ({ value, results: 10 - place }));

test("sliders stop at values that there are, or evenly between very many", () => {
  expect(stopsOf({ path: "a", low: 1, high: 32, values: values(8, 1, 32) })).toEqual([1, 8, 32]);
  const many = stopsOf({ path: "a", low: 1, high: 1000, values: [] });
  expect(many).toHaveLength(41);
  expect([many[0], many[20], many.at(-1)]).toEqual([1, 31.6, 1000]);
  expect(sizesOf({ path: "a", values: values(32, 1, 8) }, 2)).toEqual([1, 32]);
});

test("a range is told in words", () => {
  const field = { path: "a", type: "number", primary: false, unit: "cores" } as const;
  expect(rangeText({ path: "a", low: 1, high: 32, values: [] }, field)).toBe("1 to 32 cores");
  expect(rangeText({ path: "a", low: 8, high: 8, values: [] }, field)).toBe("8 cores");
});

test("a forest plot's axis holds all values, is logarithmic when wide, and cuts endless intervals", () => {
  const near = forestAxis([{ value: 105, low: 104, high: 107 }, { value: 111.8 }]);
  expect(near.log).toBe(false);
  expect(near.at(104)).toBeGreaterThan(0);
  expect(near.at(111.8)).toBeLessThan(1);
  const wide = forestAxis([{ value: 28 }, { value: 2276, low: 1, high: 1e9 }]);
  expect(wide.log).toBe(true);
  expect(wide.at(1e9)).toBe(1);
  expect(wide.max).toBeLessThan(10_000);
  expect(forestAxis([{ value: 5 }]).at(5)).toBeCloseTo(0.5);
});

test("names are put into the address to deploy at as they are", () => {
  expect(deployUrl("https://im.example/?s={site}&f={flavor}", "A&B", "m1 large")).toBe("https://im.example/?s=A%26B&f=m1%20large");
});

const told = (probability_best?: number) => probability({ probability_best } as Parameters<typeof probability>[0]);

test("what was counted in draws is never told as certain", () => {
  expect([1, 0.995, 0.47, 0.001, 0, undefined].map(told)).toEqual(["> 99 %", "> 99 %", "47 %", "< 1 %", "< 1 %", undefined]);
});
