import type { FitKind } from "../features/results/view";
import { significant } from "../components/numbers";
import { mean } from "./stats";

export interface Fit {
  /** y at x. */
  at: (x: number) => number;
  equation: string;
  /** Coefficient of determination, of the quantities that were fitted. */
  r2: number;
}

export type XY = [x: number, y: number];

/**
 * Ordinary least squares of each curve, made linear where it can be:
 *
 *   linear       y = a + b x
 *   quadratic    y = a + b x + c x²
 *   cubic        y = a + b x + c x² + d x³
 *   logarithmic  y = a + b ln x              for x > 0
 *   exponential  y = a e^(b x)               as ln y = ln a + b x, for y > 0
 *   power        y = a x^b                   as ln y = ln a + b ln x, for x, y > 0
 *
 * R² = 1 - Σ(v - v̂)² / Σ(v - v̄)², where v is what was fitted: y, or ln y for exponential and power, as spreadsheets do.
 *
 * Returns why there is none: a logarithm of nothing, or fewer different x than the curve has coefficients, plus one.
 */
export function fit(kind: FitKind, points: XY[]): Fit | string {
  const [logX, logY] = [kind === "logarithmic" || kind === "power", kind === "exponential" || kind === "power"];
  if (logX && points.some(([x]) => x <= 0)) return "needs every x above zero";
  if (logY && points.some(([, y]) => y <= 0)) return "needs every y above zero";
  const xs = points.map(([x]) => (logX ? Math.log(x) : x));
  const vs = points.map(([, y]) => (logY ? Math.log(y) : y));
  const degree = { cubic: 3, quadratic: 2 }[kind as string] ?? 1;
  if (new Set(xs).size < degree + 2) return `needs ${degree + 2} different x`;
  const coefficients = polynomial(xs, vs, degree);
  const estimate = (u: number) => coefficients.reduceRight((sum, each) => sum * u + each, 0);
  const at = (x: number) => {
    const v = estimate(logX ? Math.log(x) : x);
    return logY ? Math.exp(v) : v;
  };
  return { at, equation: equation(kind, coefficients), r2: determination(vs, xs.map(estimate)) };
}

/** Coefficients of 1, x, x², … by the normal equations of x moved and scaled to about -1 to 1, which are well conditioned. */
function polynomial(xs: number[], ys: number[], degree: number): number[] {
  const centre = mean(xs);
  const width = xs.reduce((most, x) => Math.max(most, Math.abs(x - centre)), 0);
  const powers = xs.map((x) => Array.from({ length: degree + 1 }, (_, power) => ((x - centre) / width) ** power));
  const sum = (term: (row: number[], place: number) => number) =>
    powers.reduce((total, row, place) => total + term(row, place), 0);
  const indices = Array.from({ length: degree + 1 }, (_, power) => power);
  const matrix = indices.map((i) =>
    indices
      .map((j) => sum((row) => (row[i] ?? 0) * (row[j] ?? 0)))
      .concat(sum((row, place) => (row[i] ?? 0) * (ys[place] ?? 0))),
  );
  return unscaled(solve(matrix), centre, width);
}

/** Solves linear equations, given as rows that end with the right side: Gauss elimination with partial pivoting. */
function solve(rows: number[][]): number[] {
  const size = rows.length;
  const m = rows.map((row) => [...row]);
  const cell = (row: number, column: number) => m[row]?.[column] ?? 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(cell(row, column)) > Math.abs(cell(pivot, column))) pivot = row;
    }
    [m[column], m[pivot]] = [m[pivot] ?? [], m[column] ?? []];
    for (let row = column + 1; row < size; row++) {
      const factor = cell(row, column) / cell(column, column);
      m[row] = (m[row] ?? []).map((each, place) => each - factor * cell(column, place));
    }
  }
  const solution = Array.from({ length: size }, () => 0);
  for (let row = size - 1; row >= 0; row--) {
    const known = solution.reduce((sum, each, place) => (place > row ? sum + cell(row, place) * each : sum), 0);
    solution[row] = (cell(row, size) - known) / cell(row, row);
  }
  return solution;
}

/** From coefficients of u = (x - centre) / width to those of x, by Horner's scheme on polynomials. */
function unscaled(coefficients: number[], centre: number, width: number): number[] {
  return coefficients.reduceRight<number[]>((sum, each) => {
    const product = Array.from({ length: sum.length + 1 }, (_, power) => {
      return ((sum[power - 1] ?? 0) - centre * (sum[power] ?? 0)) / width;
    });
    product[0] = (product[0] ?? 0) + each;
    return product;
  }, []).slice(0, coefficients.length);
}

function determination(values: number[], estimates: number[]): number {
  const middle = mean(values);
  const total = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const rest = values.reduce((sum, value, place) => sum + (value - (estimates[place] ?? 0)) ** 2, 0);
  return total === 0 ? 1 : 1 - rest / total;
}

const number = (value: number) => {
  const size = Math.abs(value);
  const short = size !== 0 && (size < 1e-4 || size >= 1e7) ? value.toExponential(3) : significant(value, 4);
  return short.replace("-", "−");
};
const signed = (value: number) => `${value < 0 ? "−" : "+"} ${number(Math.abs(value))}`;
const POWERS = ["", " x", " x²", " x³"];

function equation(kind: FitKind, coefficients: number[]): string {
  const [a = 0, b = 0] = coefficients;
  if (kind === "power") return `y = ${number(Math.exp(a))} x^${number(b)}`;
  if (kind === "exponential") return `y = ${number(Math.exp(a))} e^(${number(b)} x)`;
  if (kind === "logarithmic") return `y = ${number(a)} ${signed(b)} ln x`;
  return `y = ${number(a)} ${coefficients.slice(1).map((each, place) => signed(each) + POWERS[place + 1]).join(" ")}`;
}
