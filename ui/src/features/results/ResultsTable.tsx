import type { MouseEvent } from "react";
import { Table } from "react-bootstrap";

import type { Field, Row } from "../../api/types";
import { type Column, columnsFor } from "./columns";
import { useOpenResult } from "./ResultLink";

interface Props {
  rows: Row[] | undefined;
  /** How many lines to keep free while rows are not here yet. */
  expected: number;
  fields: Field[];
  sortBy?: string;
  onSort?: (sortBy: string) => void;
  busy?: boolean;
  caption: string;
}

/** The results as a table; a press on a row opens the result. */
export function ResultsTable({ rows, expected, fields, sortBy = "", onSort, busy = false, caption }: Props) {
  const openResult = useOpenResult();
  const columns = columnsFor(fields, rows ?? []);
  const open = (event: MouseEvent, id: string) => {
    const selecting = window.getSelection()?.isCollapsed === false;
    if (!selecting && !(event.target as Element).closest("a, button")) openResult(id);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className="table-box" tabIndex={0} aria-label={caption} aria-busy={busy}>
      <Table hover size="sm" className={busy ? "is-stale" : undefined}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Header key={column.key} column={column} sortBy={sortBy} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((result) => (
            // The link in the first cell does the same for the keyboard.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
            <tr key={result.id} onClick={(event) => open(event, result.id)}>
              {columns.map(({ key, numeric, cell }) => (
                <td key={key} className={numeric ? "number" : undefined}>
                  {cell(result)}
                </td>
              ))}
            </tr>
          )) ?? <Placeholders columns={columns} count={expected} />}
        </tbody>
      </Table>
    </section>
  );
}

interface HeaderProps {
  column: Column;
  sortBy: string;
  onSort?: (sortBy: string) => void;
}

function Header({ column: { name, unit, explanation, sort, numeric }, sortBy, onSort }: HeaderProps) {
  const label = (
    <>
      {name}
      {unit && <span className="unit"> ({unit})</span>}
    </>
  );
  const className = numeric ? "number" : undefined;
  if (!sort || !onSort) {
    return (
      <th scope="col" className={className} title={explanation ?? undefined}>
        {label}
      </th>
    );
  }
  const sorted = sortBy.slice(1) === sort.name ? sortBy[0] : undefined;
  const reverse = sorted === "+" ? "-" : "+";
  const direction = sorted === "-" ? "descending" : "ascending";
  return (
    <th scope="col" className={className} aria-sort={sorted ? direction : "none"}>
      <button
        type="button"
        className="sort"
        title={explanation ?? undefined}
        onClick={() => onSort(`${sorted ? reverse : sort.first}${sort.name}`)}
      >
        {label}
        <span className="arrow" aria-hidden="true">
          {{ "+": "▲", "-": "▼" }[sorted ?? ""] ?? "↕"}
        </span>
      </button>
    </th>
  );
}

function Placeholders({ columns, count }: { columns: Column[]; count: number }) {
  return Array.from({ length: count }, (_, row) => (
    // oxlint-disable-next-line react/no-array-index-key -- lines without content have no other name
    <tr key={row} className="placeholder-glow" aria-hidden="true">
      {columns.map(({ key }) => (
        <td key={key}>
          <span className="placeholder w-75" />
        </td>
      ))}
    </tr>
  ));
}
