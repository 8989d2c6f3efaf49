import { expect, test } from "vitest";

import type { Row } from "../../../api/types";
import { cores, fields, result, score } from "../../../test/examples";
import { blocksOf, differs, firstLines, inOrderOf, leavesOf, type Line, narrow, ratio, textsOf } from "./rows";

const run = (id: string, json: unknown): Row => ({
  ...result(id, json),
  benchmark: { id: "b", name: "c-ray" },
  execution_datetime: "2021-03-01T00:00:00Z",
  upload_datetime: "2021-03-01T00:00:00Z",
});
const slow = run("slow", { result: { score: 200, samples: [199, 201] }, machine: { cpu: { count: 4 } }, host: "a" });
const fast = run("fast", { result: { score: 50 }, machine: { cpu: { count: 4 } }, host: "b" });
const lines = (blocks: ReturnType<typeof blocksOf>) => blocks.flatMap((block) => block.lines);
const line = (key: string): Line => {
  const found = lines(blocksOf([slow, fast], fields)).find((each) => each.key === key);
  if (!found) throw new Error(`no line ${key}`);
  return found;
};

test("documents are flattened to their leaves, empty branches included", () => {
  expect(leavesOf({ a: { b: [1, { c: null }] }, d: {} })).toEqual([
    ["a.b.0", 1],
    ["a.b.1.c", null],
    ["d", {}],
  ]);
});

test("declared fields come first, and what else the JSON holds follows without repeating them", () => {
  const blocks = blocksOf([slow, fast], fields);
  expect(blocks[0]?.lines[0]).toMatchObject({ key: "result.score", name: "Score", unit: "s", values: [200, 50] });
  expect(blocks[2]?.lines.map(({ key }) => key)).toEqual(["result.samples.0", "result.samples.1", "host"]);
  expect(line("result.samples.0").values).toEqual([199, undefined]);
});

test("differences are found, and what is the same can be left out", () => {
  expect(differs(line("result.score"))).toBe(true);
  expect(differs(line("machine.cpu.count"))).toBe(false);
  const shown = lines(narrow(blocksOf([slow, fast], fields), "", true)).map(({ key }) => key);
  expect(shown).toEqual(["result.score", "result.samples.0", "result.samples.1", "host"]);
});

const find = (text: string) => lines(narrow(blocksOf([slow, fast], fields), text, false)).map(({ key }) => key);

test("lines are searched by name, path and value", () => {
  expect(find("SCORE")).toEqual(["result.score"]);
  expect(find("201")).toEqual(["result.samples.1"]);
});

test("a ratio says faster or slower as the field declares, and never guesses", () => {
  expect(ratio(50, 200, score)).toBe("4.00× faster");
  expect(ratio(200, 50, score)).toBe("4.00× slower");
  expect(ratio(123, 100, { ...score, better: "higher", unit: "GB" })).toBe("1.23× better");
  expect(ratio(123, 100, { ...score, better: "higher", unit: "MB/s" })).toBe("1.23× faster");
  expect(ratio(8, 4, cores)).toBe("2.00×");
  expect(ratio(100.1, 100, score)).toBe("equal");
  expect(ratio(0, 100, score)).toBeUndefined();
  expect(ratio("a", 100, score)).toBeUndefined();
});

test("the numbers of a field share their decimals", () => {
  expect(textsOf({ key: "k", name: "k", field: score, values: [105.25, 28.1, undefined] })).toEqual(["105.25", "28.10", "–"]);
});

test("columns stand in the order of the link", () => {
  expect(inOrderOf([slow, fast], ["fast", "gone", "slow"]).map(({ id }) => id)).toEqual(["fast", "slow"]);
  expect(inOrderOf([slow, fast], [])).toEqual([slow, fast]);
});

test("a comparison of very long documents is cut", () => {
  const blocks = blocksOf([slow, fast], fields);
  expect(lines(firstLines(blocks, 6)).map(({ key }) => key)).toEqual(lines(blocks).slice(0, 6).map(({ key }) => key));
});
