import { useState } from "react";
import { Button } from "react-bootstrap";
import { Link } from "react-router";

import type { Field } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { count } from "../../components/numbers";
import { ColumnsEditor } from "./ColumnsEditor";
import { usualColumns } from "./columns";
import { compareLink } from "./compare/link";
import { ExportMenu } from "./ExportMenu";
import { COMPARE_LIMIT } from "./queries";
import { MAX_SELECTED, selectionOf, type View } from "./view";

interface Props {
  view: View;
  fields: Field[];
  /** Which fields there are is not known yet. */
  waiting: boolean;
  /** How many results the table lists on all pages. */
  total: number | undefined;
  onChange: (change: Partial<View>) => void;
}

/** What can be done with the results of the table: compare, take away, arrange. */
export function TableBar({ view, fields, waiting, total, onChange }: Props) {
  const [arranging, setArranging] = useState(false);
  const ticked = view.selected.length;
  const columns = view.columns.length > 0 ? view.columns : usualColumns(fields);
  return (
    <>
      <div className="table-bar">
        <Compare view={view} total={total} />
        {ticked > 0 && (
          <>
            <span aria-live="polite" className={ticked >= 2 && ticked <= COMPARE_LIMIT ? "visually-hidden" : undefined}>
              {ticked} selected{ticked === MAX_SELECTED && ", no more are possible"}
            </span>
            <Button
              size="sm"
              variant="outline-secondary"
              className="toggle"
              aria-pressed={view.only === "selected"}
              onClick={() => onChange({ only: view.only ? "" : "selected" })}
            >
              Show only these
            </Button>
            <Button size="sm" variant="link" onClick={() => onChange({ selected: [] })}>
              Clear the selection
            </Button>
          </>
        )}
        <div className="table-tools">
          <CopyButton text={window.location.href} label="Copy link" />
          <Button
            size="sm"
            variant="outline-secondary"
            aria-expanded={arranging}
            onClick={() => setArranging(!arranging)}
          >
            Columns
          </Button>
          {ticked > 0 && view.only === "" && (
            <ExportMenu
              name="Export selected"
              selection={{ ids: view.selected }}
              sortBy={view.sort_by}
              columns={columns}
              what={count(ticked, "selected result")}
            />
          )}
          {total !== undefined && total > 0 && (
            <ExportMenu
              name="Export"
              selection={selectionOf(view)}
              sortBy={view.sort_by}
              columns={columns}
              what={count(total, "result")}
            />
          )}
        </div>
      </div>
      {arranging && !waiting && (
        <ColumnsEditor columns={view.columns} fields={fields} onChange={(next) => onChange({ columns: next })} />
      )}
    </>
  );
}

/** To the comparison of what is ticked, else of all that is listed or the first of it; says why not where it can't be. */
function Compare({ view, total = 0 }: { view: View; total?: number }) {
  const ticked = view.selected.length;
  const many = ticked || total;
  if (many >= 2 && many <= COMPARE_LIMIT) {
    return (
      <Link className="btn btn-sm btn-primary" to={compareLink(view)}>
        {ticked ? `Compare ${ticked} selected` : `Compare all ${total}`}
      </Link>
    );
  }
  if (many === 0) return null;
  if (ticked > 0 || many === 1) {
    return (
      <span className="text-body-secondary">
        {ticked > COMPARE_LIMIT
          ? `At most ${COMPARE_LIMIT} results can be compared.`
          : ticked === 1
            ? "Select another result to compare."
            : "Select results to compare them."}
      </span>
    );
  }
  return (
    <span className="text-body-secondary">
      Select results to compare them. <Link to={compareLink(view)}>Compare the first {COMPARE_LIMIT}</Link>
    </span>
  );
}
