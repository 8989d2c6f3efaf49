import { expect, test } from "vitest";

import { cores, fields, model } from "../../test/examples";
import { describeFilter, formatFilter, mistakeIn, operatorsFor, parseFilter } from "./filters";

test("a filter is written as the API reads it, and read back", () => {
  const filter = { path: "test.scene", operator: "==", value: "Total Time - 4K, 16 Rays" };
  expect(formatFilter(filter)).toBe("test.scene == Total Time - 4K, 16 Rays");
  expect(parseFilter(formatFilter(filter))).toEqual(filter);
});

test("a text that is no filter is shown as it is", () => {
  expect(parseFilter("machine.cpu.count => 8")).toBeUndefined();
  expect(describeFilter("machine.cpu.count => 8", fields)).toBe("machine.cpu.count => 8");
});

test("a filter is shown with the field's name and unit", () => {
  expect(describeFilter("result.score <= 100", fields)).toBe("Score ≤ 100 s");
  expect(describeFilter("other.path ~ x", fields)).toBe("other.path contains x");
});

test("numbers are not searched for parts, and texts are not ordered", () => {
  expect(operatorsFor(cores)).not.toContain("~");
  expect(operatorsFor(model)).not.toContain("<");
  expect(operatorsFor(undefined)).toContain("~");
});

test("a mistake is named before the server has to", () => {
  expect(mistakeIn({ path: "", operator: "==", value: "1" }, undefined)).toMatch(/field/);
  expect(mistakeIn({ path: "a b", operator: "==", value: "1" }, undefined)).toMatch(/blanks/);
  expect(mistakeIn({ path: "a..b", operator: "==", value: "1" }, undefined)).toMatch(/dots/);
  expect(mistakeIn({ path: "a", operator: "==", value: " " }, undefined)).toMatch(/value/);
  expect(mistakeIn({ path: cores.path, operator: "==", value: "eight" }, cores)).toMatch(/numbers/);
  expect(mistakeIn({ path: cores.path, operator: "==", value: "8" }, cores)).toBeUndefined();
});
