import type { UseQueryResult } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import { Button, Form, Table } from "react-bootstrap";

import type { Page } from "../../api/types";
import { Failure } from "../../components/ErrorNotice";
import { Pager } from "../../components/Pager";
import { LIST_SIZES, type ListView } from "./listView";

interface Props<Item> {
  /** What the list holds, in the plural: "sites". */
  what: string;
  columns: string[];
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
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        <section className="table-box list-box" tabIndex={0} aria-label={what} aria-busy={list.isPlaceholderData}>
          <Table size="sm" className={list.isPlaceholderData ? "is-stale" : undefined}>
            <caption className="visually-hidden">{what}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data?.items.map((item) => (
                <tr key={rowKey(item)}>
                  <Cells item={item} />
                </tr>
              )) ?? <Waiting columns={columns} />}
            </tbody>
          </Table>
        </section>
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
