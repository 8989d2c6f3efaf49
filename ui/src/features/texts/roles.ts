/** What `x-perf` may hold. */
export const ROLES: [string, string][] = [
  ["role", "metric: what is measured. parameter: must be equal for results to be comparable. machine: a fact about where it ran."],
  ["better", "lower or higher; every metric says so."],
  ["unit", "shown with the values."],
  ["primary", "true for the one metric that people look at first."],
  ["samples", "JSON pointer of the array that holds the repeats."],
];
