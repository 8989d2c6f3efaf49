import { expect, test } from "vitest";

import { deviation, extent, fiveNumbers, median, quantile } from "./stats";

test("quantiles are those of R's default", () => {
  expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
  expect(median([3, 1, 2])).toBe(2);
  expect(fiveNumbers([7, 15, 36, 39, 40, 41])).toEqual([7, 20.25, 37.5, 39.75, 41]);
  expect(fiveNumbers([5])).toEqual([5, 5, 5, 5, 5]);
});

test("the deviation of a sample divides by n - 1", () => {
  expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.13809, 5);
  expect(deviation([1])).toBeUndefined();
});

test("the extent of a very long list is found", () => {
  expect(extent(Array.from({ length: 300_000 }, (_, place) => place))).toEqual([0, 299_999]);
});
