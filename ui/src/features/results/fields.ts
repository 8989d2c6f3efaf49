import type { Field } from "../../api/types";

export const isNumeric = ({ type }: Field) => type === "number";

/** The value at a path of keys joined by dots; digits reach into arrays. */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

const ACRONYM = /\b(cpu|gpu|ram|io|mpi|os|id)s?\b/gi;

function wordsOf({ path, role, unit }: Field): string {
  const words = path.split(".").slice(role === "metric" || role === "parameter" ? -1 : -2).join("_").split("_");
  if (words.length > 1 && words.at(-1)?.toLowerCase() === unit?.toLowerCase()) words.pop();
  const text = words.join(" ").replace(ACRONYM, (word: string) => word.toUpperCase());
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Score" for a metric, "Size" for a parameter, "CPU count" for a fact, and the whole path where that is ambiguous. */
export function fieldName(field: Field, fields: Field[]): string {
  const name = wordsOf(field);
  return fields.some((other) => other.path !== field.path && wordsOf(other) === name) ? field.path : name;
}

const ROLES = ["metric", "machine", "parameter"];
const rank = ({ role, primary }: Field) => (primary ? -1 : (ROLES.indexOf(role ?? "") + 4) % 4);

/** The primary metric before all, then the other metrics, the machine, parameters, the rest. */
export const inReadingOrder = (fields: Field[]) => fields.toSorted((a, b) => rank(a) - rank(b));

export const headline = (fields: Field[]) =>
  fields.find((field) => field.primary) ?? fields.find(({ role }) => role === "metric") ?? fields.find(isNumeric);

export const mainMachineFact = (fields: Field[]) =>
  fields.find((field) => field.role === "machine" && isNumeric(field)) ??
  fields.find((field) => field.role === "parameter" && isNumeric(field));

export const hint = ({ better }: Field) => (better ? `${better} is better` : undefined);

/** What an axis, a header or a list calls a field: its name with its unit. */
export const nameWithUnit = (field: Field, fields: Field[]) =>
  field.unit ? `${fieldName(field, fields)} (${field.unit})` : fieldName(field, fields);

/** Undefined for what can be no path: the API's own rule. */
export const asPath = (text: string) => (/^[^.\s]+(\.[^.\s]+)*$/.test(text.trim()) ? text.trim() : undefined);
