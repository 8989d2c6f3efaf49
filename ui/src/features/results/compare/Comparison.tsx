import { useQueries } from "@tanstack/react-query";
import { Button, Form } from "react-bootstrap";

import type { Field, Row } from "../../../api/types";
import { CopyButton } from "../../../components/CopyButton";
import { ErrorNotice } from "../../../components/ErrorNotice";
import { SearchBox } from "../../../components/SearchBox";
import { benchmarks } from "../../benchmarks/queries";
import { usualColumns } from "../columns";
import { ExportMenu } from "../ExportMenu";
import { CompareTable } from "./CompareTable";
import { blocksOf, firstLines, MOST_LINES, narrow } from "./rows";
import type { CompareView } from "./view";

interface Props {
  items: Row[];
  view: CompareView;
  onChange: (change: Partial<CompareView>) => void;
}

/** Results side by side, what to look for in them, and what to take away. */
export function Comparison({ items, view, onChange }: Props) {
  const known = [...new Set(items.map(({ benchmark }) => benchmark.id))];
  const declared = useQueries({ queries: known.map((id) => benchmarks.fields(id)) });
  const failed = declared.find(({ isError }) => isError);
  if (declared.some(({ isPending }) => isPending)) return <div className="panel compare-waiting" aria-busy="true" />;
  const fields = merged(declared.map(({ data }) => data?.items ?? []));
  const shown = narrow(blocksOf(items, fields), view.find, view.differences);
  const lines = shown.flatMap((block) => block.lines).length;
  const ids = items.map(({ id }) => id);
  const baseline = Math.max(0, ids.indexOf(view.baseline));
  return (
    <>
      {failed?.error && <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {known.length > 1 && (
        <p className="benchmark-choice">
          These are results of {known.length} different benchmarks: their figures don’t compare.
        </p>
      )}
      <div className="table-bar">
        <SearchBox label="Search names and values" value={view.find} onChange={(find) => onChange({ find })} />
        <Form.Switch
          id="differences"
          label="Differences only"
          checked={view.differences}
          onChange={(event) => onChange({ differences: event.target.checked })}
        />
        <div className="table-tools">
          <CopyButton text={window.location.href} label="Copy link" />
          <Button size="sm" variant="outline-secondary" onClick={() => window.print()}>
            Print
          </Button>
          <ExportMenu
            name="Export"
            selection={{ ids }}
            sortBy="+execution_datetime"
            columns={usualColumns(fields)}
            what="These results"
          />
        </div>
      </div>
      <CompareTable
        items={items}
        blocks={firstLines(shown)}
        baseline={baseline}
        onBaseline={(id) => onChange({ baseline: id })}
        onRemove={(id) =>
          onChange({ ids: ids.filter((each) => each !== id), baseline: view.baseline === id ? "" : view.baseline })
        }
      />
      {lines === 0 && (
        <p className="emptiness">
          {view.find ? `Nothing holds “${view.find}”. ` : "These results say the same. "}
          <Button size="sm" onClick={() => onChange({ find: "", differences: false })}>
            Show everything
          </Button>
        </p>
      )}
      {lines > MOST_LINES && (
        <p className="text-body-secondary">
          The first {MOST_LINES.toLocaleString("en")} of {lines.toLocaleString("en")} lines. Search for the others.
        </p>
      )}
      <p className="small text-body-secondary">
        <b className="differs">≠</b> differs from the baseline. Ratios are relative to the baseline, and say “faster” or
        “better” as the benchmark declares its fields.
      </p>
    </>
  );
}

/** The fields of several benchmarks, each path once. */
const merged = (lists: Field[][]) => [...new Map(lists.flat().map((field) => [field.path, field])).values()];
