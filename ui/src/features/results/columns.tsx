import { Badge } from "react-bootstrap";
import type { ReactNode } from "react";

import type { Field, Row } from "../../api/types";
import { decimalsFor, fixed } from "../../components/numbers";
import { RelativeTime } from "../../components/RelativeTime";
import { fieldName, hint, inReadingOrder, isNumeric, valueAt } from "./fields";
import { ResultLink } from "./ResultLink";

export interface Column {
  key: string;
  name: string;
  unit?: string | null;
  explanation?: string | null;
  /** The API's name of this order, and the direction a first press asks for. */
  sort?: { name: string; first: "+" | "-" };
  numeric?: boolean;
  cell: (result: Row) => ReactNode;
}

function fieldColumn(field: Field, fields: Field[], rows: Row[]): Column {
  const values = rows.map(({ json }) => valueAt(json, field.path)).filter((value) => typeof value === "number");
  const decimals = decimalsFor(values);
  const notes = [field.description, hint(field)].filter(Boolean);
  return {
    key: field.path,
    name: fieldName(field, fields),
    unit: field.unit,
    explanation: notes.join("; ") || undefined,
    sort: { name: `json.${field.path}`, first: field.better === "higher" ? "-" : "+" },
    numeric: isNumeric(field),
    cell: ({ json }) => <Value value={valueAt(json, field.path)} decimals={decimals} />,
  };
}

function Value({ value, decimals }: { value: unknown; decimals: number }) {
  if (value === undefined || value === null) return <span className="text-body-secondary">–</span>;
  if (typeof value === "number") return <span title={String(value)}>{fixed(value, decimals)}</span>;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return (
    <span className="clip" title={text}>
      {text}
    </span>
  );
}

const benchmark: Column = {
  key: "benchmark",
  name: "Benchmark",
  sort: { name: "benchmark_name", first: "+" },
  cell: ({ benchmark: { name } }) => (
    <span className="clip clip-wide" title={name}>
      {name}
    </span>
  ),
};

/**
 * What was measured comes first; what is mostly the same in all rows comes last. `rows` decide on decimals.
 * Without fields no benchmark is chosen: then it matters which one each row is of.
 */
export function columnsFor(fields: Field[], rows: Row[]): Column[] {
  const columns = inReadingOrder(fields);
  const column = (field: Field) => fieldColumn(field, fields, rows);
  return [
    {
      key: "site",
      name: "Site",
      sort: { name: "site_name", first: "+" },
      cell: ({ id, site }) => (
        <ResultLink id={id} title={site.name}>
          {site.name}
        </ResultLink>
      ),
    },
    {
      key: "flavor",
      name: "Flavor",
      sort: { name: "flavor_name", first: "+" },
      cell: ({ flavor, claims_open: claims }) => (
        <>
          {flavor.name}
          {claims ? (
            <Badge bg="warning" text="dark" className="ms-1" title="Someone objected; an admin will decide">
              disputed
            </Badge>
          ) : null}
        </>
      ),
    },
    ...(fields.length > 0 ? [] : [benchmark]),
    ...columns.filter(({ role }) => role !== "parameter").map(column),
    {
      key: "executed",
      name: "Executed",
      sort: { name: "execution_datetime", first: "-" },
      cell: ({ execution_datetime: at }) => <RelativeTime at={at} />,
    },
    {
      key: "tags",
      name: "Tags",
      cell: ({ tags }) =>
        tags.map(({ id, name }) => (
          <span key={id} className="chip me-1">
            {name}
          </span>
        )),
    },
    ...columns.filter(({ role }) => role === "parameter").map(column),
    ...(fields.length > 0 ? [benchmark] : []),
  ];
}
