import type { UseQueryResult } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import { Button, Form, Table } from "react-bootstrap";

import type { Page } from "../../api/types";
import { Failure } from "../../components/ErrorNotice";
import { Pager } from "../../components/Pager";
import { TableBox } from "../../components/TableBox";
import { ColumnHeader } from "../results/ColumnHeader";
import type { Column } from "../results/columns";
import { LIST_SIZES, type ListView } from "./listView";

/** A column's name; and, where the API can sort by it, how. */
export type ListColumn = string | Pick<Column, "name" | "sort">;

/** A column to sort by, ascending at first. */
export const sortable = (name: string, sort: string): ListColumn => ({ name, sort: { name: sort, first: "+" } });

interface Props<Item> {
  /** What the list holds, in the plural: "sites". */
  what: string;
  /** Without a choice a list is in the order of the first column that can be sorted by. */
  columns: ListColumn[];
  list: UseQueryResult<Page<Item>>;
  view: ListView;
  onChange: (change: Partial<ListView>) => void;
  /** The cells of one item. */
  Cells: ComponentType<{ item: Item }>;
  rowKey: (item: Item) => string;
  /** Without it there is nothing to search by. */
  searchFor?: string;
  empty?: ReactNode;
}

/** A table of named things with a search box and pages; the URL holds both. */
export function PagedList<Item>({ what, columns, list, view, onChange, Cells, rowKey, searchFor, empty }: Props<Item>) {
  const { data } = list;
  const heads = columns.map((column) => (typeof column === "string" ? { name: column } : column));
  const names = heads.map(({ name }) => name);
  const usual = `+${heads.find(({ sort }) => sort)?.sort?.name}`;
  return (
    <>
      {searchFor && (
        <Form.Control
          type="search"
          size="sm"
          className="list-search"
          placeholder={searchFor}
          aria-label={searchFor}
          value={view.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      )}
      <Failure of={list} />
      {!list.isLoadingError && (
        <TableBox label={what} className="list-box" busy={list.isPlaceholderData} columns={names}>
          <Table size="sm" className={list.isPlaceholderData ? "is-stale" : undefined}>
            <caption className="visually-hidden">{what}</caption>
            <thead>
              <tr>
                {heads.map((head) => (
                  <ColumnHeader
                    key={head.name}
                    column={head}
                    sortBy={view.sort_by || usual}
                    onSort={(sort_by) => onChange({ sort_by })}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {data?.items.map((item) => (
                <tr key={rowKey(item)}>
                  <Cells item={item} />
                </tr>
              )) ?? <Waiting columns={names} />}
            </tbody>
          </Table>
        </TableBox>
      )}
      {data?.total === 0 && (
        <p className="emptiness">
          {view.text ? (
            <>
              Nothing matches “{view.text}”.{" "}
              <Button size="sm" onClick={() => onChange({ text: "" })}>
                Show all
              </Button>
            </>
          ) : (
            (empty ?? `There are no ${what} yet.`)
          )}
        </p>
      )}
      {data && data.total > 0 && data.items.length === 0 && (
        <p className="emptiness">
          This page is past the last one.{" "}
          <Button size="sm" onClick={() => onChange({ page: 1 })}>
            To the first page
          </Button>
        </p>
      )}
      {data && (data.total > 20 || data.page > 1) && (
        <Pager
          page={view.page}
          pages={data.pages}
          perPage={view.per_page}
          total={data.total}
          sizes={LIST_SIZES}
          onPage={(page) => onChange({ page })}
          onPerPage={(per_page) => onChange({ per_page })}
          what={what}
        />
      )}
    </>
  );
}

const LINES = ["a", "b", "c", "d", "e"];

const Waiting = ({ columns }: { columns: string[] }) =>
  LINES.map((line) => (
    <tr key={line} className="placeholder-glow" aria-hidden="true">
      {columns.map((column) => (
        <td key={column}>
          <span className="placeholder w-75" />
        </td>
      ))}
    </tr>
  ));
