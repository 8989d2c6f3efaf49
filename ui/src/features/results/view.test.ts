import { expect, test } from "vitest";

import { withAll, withOne } from "./ticks";
import { changed, defaults, MAX_SELECTED, parseView, selectionOf, type View, viewParams } from "./view";

const parse = (text: string) => parseView(new URLSearchParams(text));

test("an address without settings is the default view, and the default view needs no settings", () => {
  expect(parse("")).toEqual(defaults);
  expect(viewParams(defaults).toString()).toBe("");
});

test("every setting survives the way through the address", () => {
  const view: View = {
    benchmark_id: "b",
    site_id: "s",
    flavor_id: "f",
    filters: ["machine.cpu.count >= 8", "test.scene == A & B + C"],
    tags_ids: ["t1", "t2"],
    q: "egi cloud",
    executed_from: "2021-03-01",
    executed_to: "2021-03-31",
    uploaded_from: "2021-04-01",
    uploaded_to: "",
    selected: ["r1", "r2"],
    only: "selected",
    columns: ["site", "json.result.score"],
    sort_by: "+json.result.score",
    page: 3,
    per_page: 50,
    plot: "hidden",
    kind: "line",
    x: "machine.cpu.count",
    y: "result.score",
    scale_x: "log",
    scale_y: "linear",
    colour: "machine.cpu.model",
    hide: ["s1", "s2"],
    errors: "sd",
    fit: "power",
    measure: "speedup",
    base: "r1",
  };
  expect(parse(viewParams(view).toString())).toEqual(view);
});

test("nonsense in the address falls back to the default", () => {
  expect(parse("page=-1&per_page=7&scale_x=cubic&plot=maybe")).toEqual(defaults);
  expect(parse("kind=pie&errors=all&fit=magic&measure=size&only=some&colour=")).toEqual(defaults);
  expect(parse("executed_from=yesterday&executed_to=2021-13-01")).toEqual(defaults);
  expect(parse("page=1e9&per_page=1000000000000")).toEqual(defaults);
});

test("another order, selection or page size starts at the first page", () => {
  const view = { ...defaults, page: 4 };
  expect(changed(view, { sort_by: "+site_name" }).page).toBe(1);
  expect(changed(view, { site_id: "s" }).page).toBe(1);
  expect(changed(view, { x: "machine.cpu.count" }).page).toBe(4);
});

test("another site drops the flavor, another benchmark drops what only the first one has", () => {
  const view = {
    ...defaults,
    benchmark_id: "b",
    site_id: "s",
    flavor_id: "f",
    filters: ["a == 1"],
    x: "a",
    sort_by: "-json.a",
  };
  expect(changed(view, { site_id: "t" }).flavor_id).toBe("");
  expect(changed(view, { benchmark_id: "c" })).toEqual({ ...defaults, benchmark_id: "c", site_id: "s", flavor_id: "f" });
});

test("ticks stay when other results are chosen, and the last one gone shows all again", () => {
  const view: View = { ...defaults, selected: ["a", "b"], only: "selected", page: 2 };
  expect(changed(view, { site_id: "s" }).selected).toEqual(["a", "b"]);
  expect(changed(view, { selected: [] })).toMatchObject({ selected: [], only: "" });
});

test("another benchmark keeps only the columns that every benchmark has", () => {
  const view: View = { ...defaults, columns: ["site", "json.a"], colour: "machine.cpu.model" };
  expect(changed(view, { benchmark_id: "c" })).toMatchObject({ columns: [], colour: "site" });
  expect(changed({ ...view, columns: ["tags", "site"] }, { benchmark_id: "c" }).columns).toEqual(["tags", "site"]);
});

test("days are whole ones: the API's bounds are strict", () => {
  expect(selectionOf({ ...defaults, executed_from: "2021-03-01", executed_to: "2021-03-31" })).toMatchObject({
    execution_after: "2021-02-28T23:59:59.999999Z",
    execution_before: "2021-04-01T00:00:00.000Z",
  });
});

test("only what is ticked is asked for, whatever else is chosen", () => {
  const view: View = { ...defaults, site_id: "s", selected: ["a"], only: "selected" };
  expect(selectionOf(view)).toEqual({ ids: ["a"] });
  expect(selectionOf({ ...view, only: "" })).toEqual({ site_id: "s" });
});

test("rows are ticked one by one or as a page, up to what the API takes", () => {
  expect(withOne(["a"], "b", true)).toEqual(["a", "b"]);
  expect(withOne(["a", "b"], "a", false)).toEqual(["b"]);
  expect(withAll(["a", "x"], ["a", "b"], true)).toEqual(["a", "x", "b"]);
  expect(withAll(["a", "x", "b"], ["a", "b"], false)).toEqual(["x"]);
  const many = Array.from({ length: MAX_SELECTED + 10 }, (_, place) => `r${place}`);
  expect(withAll([], many, true)).toHaveLength(MAX_SELECTED);
});
