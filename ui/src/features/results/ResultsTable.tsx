import type { MouseEvent } from "react";
import { Badge, Form, Table } from "react-bootstrap";

import type { Field, Row } from "../../api/types";
import { TableBox } from "../../components/TableBox";
import { type Column, columnsOf, usualColumns } from "./columns";
import { ColumnHeader } from "./ColumnHeader";
import { ResultLink, useOpenResult } from "./ResultLink";
import { withAll, withOne } from "./ticks";

interface Props {
  rows: Row[] | undefined;
  /** How many lines to keep free while rows are not here yet. */
  expected: number;
  fields: Field[];
  /** Keys of columns; without them the usual ones. */
  columns?: string[];
  sortBy?: string;
  onSort?: (sortBy: string) => void;
  /** Ids of ticked rows; without `onSelect` there is nothing to tick. */
  selected?: string[];
  onSelect?: (selected: string[]) => void;
  busy?: boolean;
  caption: string;
}

const NONE: string[] = [];

/** The results as a table; a press on a row opens the result. */
export function ResultsTable(props: Props) {
  const { rows, expected, fields, sortBy = "", onSort, selected = NONE, onSelect, busy = false, caption } = props;
  const openResult = useOpenResult();
  const asked = columnsOf(props.columns ?? NONE, fields, rows ?? []);
  const columns = asked.length > 0 ? asked : columnsOf(usualColumns(fields), fields, rows ?? []);
  const marked = columns.find(({ key }) => key === "flavor") ?? columns[0];
  const ticked = new Set(selected);
  const open = (event: MouseEvent, id: string) => {
    const selecting = window.getSelection()?.isCollapsed === false;
    if (!selecting && !(event.target as Element).closest("a, button, input, label")) openResult(id);
  };
  const tick = onSelect && ((id: string, on: boolean) => onSelect(withOne(selected, id, on)));
  return (
    <TableBox label={caption} busy={busy}>
      <Table hover size="sm" className={busy ? "is-stale" : undefined}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, place) => (
              <ColumnHeader key={column.key} column={column} sortBy={sortBy} onSort={onSort}>
                {place === 0 && onSelect && <TickAll rows={rows ?? []} selected={selected} onSelect={onSelect} />}
              </ColumnHeader>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((result) => (
            // The link in the first cell does the same for the keyboard.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
            <tr
              key={result.id}
              className={ticked.has(result.id) ? "ticked" : undefined}
              onClick={(event) => open(event, result.id)}
            >
              {columns.map((column, place) => (
                <td key={column.key} className={column.numeric ? "number" : undefined}>
                  {place === 0 ? (
                    <FirstCell column={column} result={result} ticked={ticked.has(result.id)} onTick={tick} />
                  ) : (
                    column.cell(result)
                  )}
                  {column === marked && result.claims_open > 0 && <Disputed />}
                </td>
              ))}
            </tr>
          )) ?? <Placeholders columns={columns} count={expected} />}
        </tbody>
      </Table>
    </TableBox>
  );
}

interface FirstCellProps {
  column: Column;
  result: Row;
  ticked: boolean;
  onTick?: (id: string, on: boolean) => void;
}

function FirstCell({ column, result, ticked, onTick }: FirstCellProps) {
  const { id, site, flavor } = result;
  const link = <ResultLink id={id}>{column.cell(result)}</ResultLink>;
  if (!onTick) return link;
  return (
    <span className="with-tick">
      <Form.Check
        aria-label={`Select ${flavor.name} at ${site.name}`}
        checked={ticked}
        onChange={(event) => onTick(id, event.target.checked)}
      />
      {link}
    </span>
  );
}

interface TickAllProps {
  rows: Row[];
  selected: string[];
  onSelect: (selected: string[]) => void;
}

function TickAll({ rows, selected, onSelect }: TickAllProps) {
  const here = rows.filter(({ id }) => selected.includes(id)).length;
  const all = rows.length > 0 && here === rows.length;
  return (
    <Form.Check
      aria-label="Select all on this page"
      checked={all}
      disabled={rows.length === 0}
      ref={(box: HTMLInputElement | null) => {
        if (box) box.indeterminate = here > 0 && !all;
      }}
      onChange={() => onSelect(withAll(selected, rows.map(({ id }) => id), !all))}
    />
  );
}

export const Disputed = () => (
  <Badge bg="warning" text="dark" className="ms-1" title="Someone objected; an admin will decide">
    disputed
  </Badge>
);

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
