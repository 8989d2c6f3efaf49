/** Logarithmic ticks: doublings for whole numbers (cores), else 1-2-5, thinned to at most eight. */
export function logTicks(min: number, max: number, whole: boolean): number[] {
  const ticks: number[] = [];
  if (whole && max / min <= 4096) {
    for (let tick = 2 ** Math.ceil(Math.log2(min)); tick <= max; tick *= 2) ticks.push(tick);
  } else {
    const last = Math.floor(Math.log10(max));
    for (let decade = Math.floor(Math.log10(min)); decade <= last; decade++) {
      for (const step of [1, 2, 5]) ticks.push(Number(`${step}e${decade}`));
    }
  }
  const inside = ticks.filter((tick) => tick >= min && tick <= max);
  const stride = Math.ceil(inside.length / 10);
  return inside.filter((_, place) => place % stride === 0);
}

/** Logarithmic when all is positive and the largest is twenty times the smallest or more. */
export function fittingScale(values: unknown[]): "linear" | "log" {
  const numbers = values.filter((value) => typeof value === "number");
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  return numbers.length > 1 && min > 0 && max / min >= 20 ? "log" : "linear";
}
