import { expect, test } from "vitest";

import { clock, cores, fields, score } from "../../test/examples";
import { fieldName, headline, inReadingOrder, mainMachineFact, nameWithUnit, valueAt } from "./fields";

test("a path reaches into objects and arrays, and finds nothing where nothing is", () => {
  const json = { a: { "b-c": [1, { d: false }] }, n: null };
  expect(valueAt(json, "a.b-c.1.d")).toBe(false);
  expect(valueAt(json, "n")).toBeNull();
  expect(valueAt(json, "n.x")).toBeUndefined();
  expect(valueAt(json, "a.length")).toBeUndefined();
  expect(valueAt(json, "a.toString")).toBeUndefined();
});

test("fields are called by what tells them apart", () => {
  expect(fieldName(score, fields)).toBe("Score");
  expect(fieldName(cores, fields)).toBe("CPU count");
  expect(nameWithUnit(clock, fields)).toBe("CPU clock (GHz)");
  const twin = { ...score, path: "other.score" };
  expect(fieldName(score, [...fields, twin])).toBe("result.score");
});

test("what was measured comes first, parameters last", () => {
  expect(inReadingOrder(fields).map(({ path }) => path)).toEqual([
    "result.score",
    "machine.cpu.model",
    "machine.cpu.count",
    "machine.cpu.clock_ghz",
    "test.scene",
  ]);
});

test("the first plot is the primary metric over the first number about the machine", () => {
  expect(headline(fields)).toBe(score);
  expect(mainMachineFact(fields)).toBe(cores);
  expect(headline([])).toBeUndefined();
});
