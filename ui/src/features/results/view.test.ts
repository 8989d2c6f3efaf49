import { expect, test } from "vitest";

import { changed, defaults, parseView, type View, viewParams } from "./view";

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
    sort_by: "+json.result.score",
    page: 3,
    per_page: 50,
    plot: "hidden",
    x: "machine.cpu.count",
    y: "result.score",
    scale_x: "log",
    scale_y: "linear",
    hide: ["s1", "s2"],
  };
  expect(parse(viewParams(view).toString())).toEqual(view);
});

test("nonsense in the address falls back to the default", () => {
  expect(parse("page=-1&per_page=7&scale_x=cubic&plot=maybe")).toEqual(defaults);
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
