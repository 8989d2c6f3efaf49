import type { ReactNode } from "react";

import type { Field, Row } from "../../api/types";
import { decimalsFor, fixed } from "../../components/numbers";
import { RelativeTime } from "../../components/RelativeTime";
import { fieldName, hint, inReadingOrder, isNumeric, nameWithUnit, valueAt } from "./fields";

export interface Column {
  /** As the export calls it: "site", or "json." and a path. */
  key: string;
  name: string;
  unit?: string | null;
  explanation?: string | null;
  /** The API's name of this order, and the direction a first press asks for. */
  sort?: { name: string; first: "+" | "-" };
  numeric?: boolean;
  cell: (result: Row) => ReactNode;
}

const JSON_KEY = "json.";
export const pathOf = (key: string) => (key.startsWith(JSON_KEY) ? key.slice(JSON_KEY.length) : undefined);
export const keyOf = (path: string) => `${JSON_KEY}${path}`;

function valueColumn(path: string, field: Field | undefined, fields: Field[], rows: Row[]): Column {
  const values = rows.map(({ json }) => valueAt(json, path)).filter((value) => value !== undefined && value !== null);
  const numbers = values.filter((value) => typeof value === "number");
  const decimals = decimalsFor(numbers);
  const notes = [field?.description, field && hint(field)].filter(Boolean);
  return {
    key: keyOf(path),
    name: field ? fieldName(field, fields) : path,
    unit: field?.unit,
    explanation: notes.join("; ") || undefined,
    sort: { name: keyOf(path), first: field?.better === "higher" ? "-" : "+" },
    numeric: field ? isNumeric(field) : values.length > 0 && numbers.length === values.length,
    cell: ({ json }) => <Value value={valueAt(json, path)} decimals={decimals} />,
  };
}

function Value({ value, decimals }: { value: unknown; decimals: number }) {
  if (value === undefined || value === null) return <span className="text-body-secondary">–</span>;
  if (typeof value === "number") return <span title={String(value)}>{fixed(value, decimals)}</span>;
  return <Clipped text={typeof value === "object" ? JSON.stringify(value) : String(value)} />;
}

const Clipped = ({ text, wide = false }: { text: string; wide?: boolean }) => (
  <span className={wide ? "clip clip-wide" : "clip"} title={text}>
    {text}
  </span>
);

const MOST_TAGS = 3;

/** The first tags in full; of the others how many. */
const Tags = ({ tags }: Pick<Row, "tags">) => (
  <>
    {tags.slice(0, MOST_TAGS).map(({ id, name }) => (
      <span key={id} className="chip me-1" title={name}>
        <span className="clip">{name}</span>
      </span>
    ))}
    {tags.length > MOST_TAGS && (
      <span className="text-body-secondary" title={tags.map(({ name }) => name).join(", ")}>
        and {tags.length - MOST_TAGS} more
      </span>
    )}
  </>
);

const FIXED: Column[] = [
  {
    key: "site",
    name: "Site",
    sort: { name: "site_name", first: "+" },
    cell: ({ site }) => <Clipped text={site.name} />,
  },
  {
    key: "flavor",
    name: "Flavor",
    sort: { name: "flavor_name", first: "+" },
    cell: ({ flavor }) => <Clipped text={flavor.name} />,
  },
  {
    key: "benchmark",
    name: "Benchmark",
    sort: { name: "benchmark_name", first: "+" },
    cell: ({ benchmark: { name } }) => <Clipped text={name} wide />,
  },
  {
    key: "execution_datetime",
    name: "Executed",
    sort: { name: "execution_datetime", first: "-" },
    cell: ({ execution_datetime: at }) => <RelativeTime at={at} />,
  },
  {
    key: "upload_datetime",
    name: "Uploaded",
    sort: { name: "upload_datetime", first: "-" },
    cell: ({ upload_datetime: at }) => <RelativeTime at={at} />,
  },
  {
    key: "tags",
    name: "Tags",
    sort: { name: "tag_names", first: "+" },
    cell: ({ tags }) => <Tags tags={tags} />,
  },
];

/**
 * What was measured comes first; what is mostly the same in all rows comes last.
 * Without fields no benchmark is chosen: then it matters which one each row is of.
 */
export function usualColumns(fields: Field[]): string[] {
  const paths = (parameters: boolean) =>
    inReadingOrder(fields)
      .filter(({ role }) => (role === "parameter") === parameters)
      .map(({ path }) => keyOf(path));
  const [first, last] = fields.length > 0 ? [[], ["benchmark"]] : [["benchmark"], []];
  return ["site", "flavor", ...first, ...paths(false), "execution_datetime", "tags", ...paths(true), ...last];
}

/** The columns of these keys; keys that name none are left out. `rows` decide on decimals. */
export function columnsOf(keys: string[], fields: Field[], rows: Row[]): Column[] {
  return keys.flatMap((key) => {
    const path = pathOf(key);
    if (path === undefined) return FIXED.filter((column) => column.key === key);
    return [valueColumn(path, fields.find((field) => field.path === path), fields, rows)];
  });
}

/** What a column is called in a list of columns. */
export function columnTitle(key: string, fields: Field[]): string {
  const path = pathOf(key);
  const field = fields.find((each) => each.path === path);
  return field ? nameWithUnit(field, fields) : (path ?? FIXED.find((column) => column.key === key)?.name ?? key);
}

/** All columns but those of free paths. */
export const knownColumns = (fields: Field[]) => [
  ...FIXED.map(({ key }) => key),
  ...inReadingOrder(fields).map(({ path }) => keyOf(path)),
];
