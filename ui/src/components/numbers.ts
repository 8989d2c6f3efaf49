const decimalsOf = (value: number) => {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (mantissa.split(".")[1]?.length ?? 0) - Number(exponent));
};

/** Decimals that a column of numbers shares: four significant digits for its smallest, no more than it has. */
export function decimalsFor(values: number[]): number {
  const sizes = values.filter((value) => value !== 0 && Number.isFinite(value)).map(Math.abs);
  if (sizes.length === 0) return 0;
  const needed = Math.max(0, 3 - Math.floor(Math.log10(Math.min(...sizes))));
  return Math.min(needed, Math.max(...sizes.map(decimalsOf)), 12);
}

export const fixed = (value: number, decimals: number) =>
  value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

export const significant = (value: number, digits = 6) => value.toLocaleString("en", { maximumSignificantDigits: digits });

export const count = (value: number, noun: string, nouns = `${noun}s`) =>
  `${value.toLocaleString("en")} ${value === 1 ? noun : nouns}`;

/** All digits, without the noise of binary fractions: 104.6 for 104.60000000000001. */
export const plain = (value: number) => String(Number(value.toPrecision(15)));
