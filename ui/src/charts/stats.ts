/** Figures of samples. All need at least one number, unless they say otherwise. */

const ascending = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

export const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/**
 * The p-quantile (0 to 1) by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), as R,
 * NumPy and spreadsheets have it.
 */
export function quantile(numbers: number[], p: number): number {
  const sorted = ascending(numbers);
  const place = (sorted.length - 1) * p;
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (numbers: number[]) => quantile(numbers, 0.5);

/** The standard deviation of a sample, with n - 1 in the denominator. Undefined for fewer than two numbers. */
export function deviation(numbers: number[]): number | undefined {
  if (numbers.length < 2) return undefined;
  const middle = mean(numbers);
  return Math.sqrt(numbers.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (numbers.length - 1));
}

/** Smallest, lower quartile, median, upper quartile, largest. */
export const fiveNumbers = (numbers: number[]) => [0, 0.25, 0.5, 0.75, 1].map((p) => quantile(numbers, p));

/** Without spreading a long list over the stack, as Math.min would. */
export function extent(numbers: number[]): [number, number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const each of numbers) {
    if (each < min) min = each;
    if (each > max) max = each;
  }
  return [min, max];
}
