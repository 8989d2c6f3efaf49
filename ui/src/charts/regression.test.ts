import { expect, test } from "vitest";

import { type Fit, fit, type XY } from "./regression";

function fitted(kind: Parameters<typeof fit>[0], points: XY[]): Fit {
  const found = fit(kind, points);
  if (typeof found === "string") throw new Error(found);
  return found;
}

/** Heights (in) and weights (lb) of American women aged 30 to 39: the data set "women" of R, from McNeil (1977). */
const WOMEN = [115, 117, 120, 123, 126, 129, 132, 135, 139, 142, 146, 150, 154, 159, 164].map(
  (weight, place): XY => [58 + place, weight],
);
/** The first and second set of Anscombe (1973): the same line fits both. */
const ANSCOMBE_X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const FIRST = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
const SECOND = [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74];
const anscombe = (ys: number[]) => ys.map((y, place): XY => [ANSCOMBE_X[place] ?? 0, y]);

test("a line is the one that R finds", () => {
  const line = fitted("linear", WOMEN);
  expect(line.at(0)).toBeCloseTo(-87.51667, 5);
  expect(line.at(1) - line.at(0)).toBeCloseTo(3.45, 10);
  expect(line.r2).toBeCloseTo(0.991, 4);
  expect(line.equation).toBe("y = −87.52 + 3.45 x");
});

test("Anscombe's first two sets have the same line and R²", () => {
  for (const set of [FIRST, SECOND]) {
    const line = fitted("linear", anscombe(set));
    expect(line.at(0)).toBeCloseTo(3, 2);
    expect(line.at(1) - line.at(0)).toBeCloseTo(0.5, 3);
    expect(line.r2).toBeCloseTo(0.6665, 3);
  }
});

test("a parabola is the one that R finds", () => {
  const curve = fitted("quadratic", WOMEN);
  expect(curve.at(0)).toBeCloseTo(261.87818, 4);
  expect((curve.at(1) - curve.at(-1)) / 2).toBeCloseTo(-7.34832, 5);
  expect((curve.at(1) + curve.at(-1)) / 2 - curve.at(0)).toBeCloseTo(0.08306, 5);
  expect(curve.r2).toBeCloseTo(0.9995, 4);
});

const XS = [1, 2, 4, 8, 16, 32];
const exactly = (of: (x: number) => number) => XS.map((x): XY => [x, of(x)]);

test("each curve finds the figures it was drawn from", () => {
  const cases = [
    ["cubic", (x: number) => 1 - 2 * x + 0.5 * x ** 2 - 0.01 * x ** 3, "y = 1 − 2 x + 0.5 x² − 0.01 x³"],
    ["logarithmic", (x: number) => 3 - 2 * Math.log(x), "y = 3 − 2 ln x"],
    ["exponential", (x: number) => 5 * Math.exp(-0.25 * x), "y = 5 e^(−0.25 x)"],
    ["power", (x: number) => 1000 / x, "y = 1,000 x^−1"],
  ] as const;
  for (const [kind, of, equation] of cases) {
    const curve = fitted(kind, exactly(of));
    expect(curve.equation).toBe(equation);
    expect(curve.r2).toBeCloseTo(1, 9);
    expect(curve.at(5)).toBeCloseTo(of(5), 6);
  }
});

test("far from zero, figures stay exact", () => {
  const years = exactly((x) => x).map(([x]): XY => [2000 + x, 7 + 3 * (2000 + x) + 0.1 * (2000 + x) ** 2]);
  expect(fitted("quadratic", years).at(2050)).toBeCloseTo(7 + 3 * 2050 + 0.1 * 2050 ** 2, 4);
});

test("where there is no curve, the reason is said", () => {
  expect(fit("linear", [[1, 2], [2, 3], [2, 4]])).toBe("needs 3 different x");
  expect(fit("cubic", exactly((x) => x).slice(0, 4))).toBe("needs 5 different x");
  expect(fit("power", [[0, 1], [1, 2], [2, 3]])).toBe("needs every x above zero");
  expect(fit("exponential", [[1, 0], [2, 2], [3, 3]])).toBe("needs every y above zero");
});

test("a flat line is a perfect fit", () => {
  expect(fitted("linear", exactly(() => 4))).toMatchObject({ r2: 1 });
});
