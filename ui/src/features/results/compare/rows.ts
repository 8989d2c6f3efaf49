import type { Field, Row } from "../../../api/types";
import { decimalsFor, fixed, plain } from "../../../components/numbers";
import { exact } from "../../../components/RelativeTime";
import { fieldName, hint, inReadingOrder, isNumeric, valueAt } from "../fields";

/** One line of a comparison: the same thing of each result. */
export interface Line {
  key: string;
  name: string;
  unit?: string | null;
  explanation?: string;
  field?: Field;
  /** A value for each result; undefined where it has none. */
  values: unknown[];
}

export interface Block {
  title: string;
  lines: Line[];
}

/** Every leaf of a document with its path, keys joined by dots. Empty objects and arrays are leaves too. */
export function leavesOf(json: unknown, path = ""): [string, unknown][] {
  if (typeof json !== "object" || json === null) return [[path, json]];
  const inner = Object.entries(json);
  if (inner.length === 0) return [[path, json]];
  return inner.flatMap(([key, value]) => leavesOf(value, path ? `${path}.${key}` : key));
}

/** Whether not all results say the same. */
export const differs = ({ values }: Line) => values.some((value) => !same(value, values[0]));

/** Whether two leaves say the same. */
export const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Where and when, the declared fields in reading order, then what else the documents hold. */
export function blocksOf(items: Row[], fields: Field[]): Block[] {
  const about: Line[] = [
    { key: "benchmark", name: "Benchmark", values: items.map(({ benchmark }) => benchmark.name) },
    {
      key: "executed",
      name: "Executed",
      values: items.map(({ execution_datetime: at }) => exact(new Date(at))),
    },
    { key: "tags", name: "Tags", values: items.map(({ tags }) => tags.map(({ name }) => name).join(", ")) },
  ];
  const declared = inReadingOrder(fields).map((field) => ({
    key: field.path,
    name: fieldName(field, fields),
    unit: field.unit,
    explanation: [field.description, hint(field), field.path].filter(Boolean).join("; "),
    field,
    values: items.map(({ json }) => valueAt(json, field.path)),
  }));
  const shown = new Set(fields.map(({ path }) => path));
  const leaves = items.map(({ json }) => new Map(leavesOf(json)));
  const paths = [...new Set(leaves.flatMap((each) => [...each.keys()]))].filter((path) => path && !shown.has(path));
  const rest = paths.map((path) => ({ key: path, name: path, values: leaves.map((each) => each.get(path)) }));
  return [
    { title: "Fields", lines: declared },
    { title: "Run", lines: about },
    { title: "Other JSON", lines: rest },
  ];
}

const holds = (line: Line, text: string) =>
  [line.name, line.key, ...line.values].some((each) => String(each).toLowerCase().includes(text));

export function narrow(blocks: Block[], text: string, differencesOnly: boolean): Block[] {
  const wanted = text.trim().toLowerCase();
  return blocks
    .map(({ title, lines }) => ({
      title,
      lines: lines.filter((line) => (!differencesOnly || differs(line)) && (!wanted || holds(line, wanted))),
    }))
    .filter(({ lines }) => lines.length > 0);
}

/** The texts of a line's values: numbers with the decimals that suit all of them. */
export function textsOf({ values, field }: Line): string[] {
  const numbers = values.filter((value) => typeof value === "number");
  const decimals = field ? decimalsFor(numbers) : undefined;
  return values.map((value) => {
    if (value === undefined) return "–";
    if (typeof value === "number") return decimals === undefined ? plain(value) : fixed(value, decimals);
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}

const TIMES = /^(n|u|µ|m)?s(ec(ond)?s?)?$|^min(utes?)?$|^h(ours?)?$|\/\s*(s|min|h)$/i;

/**
 * How a value relates to the baseline's, as a person says it. Where a field declares what is better, the larger of
 * the two is divided by the smaller: "1.23× faster", "2.00× slower" ("better" and "worse" for what is no time or rate).
 * Otherwise it is value / baseline.
 */
export function ratio(value: unknown, baseline: unknown, field: Field | undefined): string | undefined {
  if (!field || !isNumeric(field) || typeof value !== "number" || typeof baseline !== "number") return undefined;
  if (value <= 0 || baseline <= 0) return undefined;
  if (!field.better) return `${(value / baseline).toFixed(2)}×`;
  const gain = field.better === "lower" ? baseline / value : value / baseline;
  const factor = Math.max(gain, 1 / gain).toFixed(2);
  if (factor === "1.00") return "equal";
  const [more, less] = TIMES.test(field.unit ?? "") ? ["faster", "slower"] : ["better", "worse"];
  return `${factor}× ${gain > 1 ? more : less}`;
}

/** More lines than this are slow to draw and read by nobody. */
export const MOST_LINES = 1000;

export function firstLines(blocks: Block[], limit = MOST_LINES): Block[] {
  const before = blocks.map((_, place) => blocks.slice(0, place).reduce((sum, { lines }) => sum + lines.length, 0));
  return blocks.map(({ title, lines }, place) => ({ title, lines: lines.slice(0, Math.max(0, limit - (before[place] ?? 0))) }));
}

/** The results in the order of these ids; as they are without any. */
export function inOrderOf<Item extends { id: string }>(items: Item[], ids: string[]): Item[] {
  if (ids.length === 0) return items;
  return ids.flatMap((id) => items.filter((item) => item.id === id));
}
