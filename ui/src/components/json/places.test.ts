import { expect, test } from "vitest";

import { mistakesAt, mistakesOfSyntax } from "./places";

const text = '{\n  "result": {"score": "fast", "samples": [1, null]},\n  "a/b": 1\n}';
const marked = (pointer: string | undefined) => {
  const [mistake] = mistakesAt(text, [{ detail: "Wrong.", pointer }]);
  return mistake && [text.slice(mistake.from, mistake.to), mistake.line];
};

test("a pointer is found in the text, with its line", () => {
  expect(marked("/result/score")).toEqual(['"score": "fast"', 2]);
  expect(marked("/result/samples/1")).toEqual(["null", 2]);
  expect(marked("/a~1b")).toEqual(['"a/b": 1', 3]);
});

test("of something missing, the nearest thing above it is marked", () => {
  expect(marked("/result/unit")).toEqual(['"result": {', 2]);
  expect(marked("/machine/cpu")).toEqual(["{", 1]);
  expect(marked(undefined)).toEqual(["{", 1]);
});

test("syntax mistakes say what is wrong and where", () => {
  expect(mistakesOfSyntax(text)).toEqual([]);
  expect(mistakesOfSyntax('{\n "a": 1\n "b": 2\n}')).toMatchObject([{ detail: "A comma is missing.", line: 3 }]);
  expect(mistakesOfSyntax('{"a": 1,}')).toHaveLength(1);
  expect(mistakesOfSyntax("")).toMatchObject([{ detail: "A value is expected here.", line: 1 }]);
});
