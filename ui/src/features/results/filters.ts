import type { Field } from "../../api/types";
import { asPath, fieldName, isNumeric } from "./fields";

/** One of the API's JSON filters, `<path> <operator> <value>`. */
export interface Filter {
  path: string;
  operator: string;
  value: string;
}

export const OPERATORS: Record<string, string> = {
  "==": "is",
  "!=": "is not",
  ">": "is more than",
  ">=": "is at least",
  "<": "is less than",
  "<=": "is at most",
  "~": "contains",
};

const SIGNS: Record<string, string> = { "==": "=", "!=": "≠", ">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "contains" };

/** The operators that make sense for a field; all of them for a free path. */
export function operatorsFor(field: Field | undefined): string[] {
  if (!field) return Object.keys(OPERATORS);
  if (isNumeric(field)) return ["==", "!=", ">", ">=", "<", "<="];
  if (field.type === "boolean") return ["==", "!="];
  return ["==", "!=", "~"];
}

export const formatFilter = ({ path, operator, value }: Filter) => `${path.trim()} ${operator} ${value.trim()}`;

/** Undefined for a text that is none: a URL can hold anything. */
export function parseFilter(text: string): Filter | undefined {
  const match = /^\s*(\S+)\s+(==|!=|>=|<=|>|<|~)\s+(.*\S)\s*$/s.exec(text);
  const [, path, operator, value] = match ?? [];
  return path && operator && value ? { path, operator, value } : undefined;
}

/** The filter as a person reads it, with the field's unit. */
export function describeFilter(text: string, fields: Field[]): string {
  const filter = parseFilter(text);
  if (!filter) return text;
  const field = fields.find(({ path }) => path === filter.path);
  const name = field ? fieldName(field, fields) : filter.path;
  return `${name} ${SIGNS[filter.operator]} ${filter.value}${field?.unit ? ` ${field.unit}` : ""}`;
}

/** What is wrong with a filter that someone is typing, or nothing. */
export function mistakeIn({ path, value }: Filter, field: Field | undefined): string | undefined {
  if (!path.trim()) return "Name the field.";
  if (!asPath(path)) return "A path is keys joined by dots, without blanks.";
  if (!value.trim()) return "Give a value.";
  if (field && isNumeric(field) && !Number.isFinite(Number(value))) return "This field holds numbers.";
  return undefined;
}
