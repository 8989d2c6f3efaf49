import { useQuery } from "@tanstack/react-query";
import { Button } from "react-bootstrap";
import { Link } from "react-router";

import { Failure } from "../../components/ErrorNotice";
import { count } from "../../components/numbers";
import { Pager } from "../../components/Pager";
import { Title } from "../../components/Title";
import { useSettled } from "../../components/useSettled";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { BenchmarkChoice } from "./BenchmarkChoice";
import { ChoiceBar } from "./ChoiceBar";
import { PlotPanel } from "./PlotPanel";
import { results } from "./queries";
import { ResultsTable } from "./ResultsTable";
import { SelectionBar } from "./SelectionBar";
import { TableBar } from "./TableBar";
import { defaults, isNarrowed, nothingChosen, pageOf, PER_PAGE, useView } from "./view";

const NO_FIELDS = { items: [] };

export function Component() {
  const [view, change] = useView();
  const asked = { ...view, q: useSettled(view.q) };
  const known = useQuery(benchmarks.first());
  const only = known.data?.total === 1 ? known.data.items[0]?.id : undefined;
  const benchmark = view.benchmark_id || only || "";
  const declared = useQuery({ ...benchmarks.fields(benchmark), enabled: benchmark !== "" });
  const list = useQuery(results.list(pageOf(asked)));

  /** What stands above the table is not known yet: it would move. */
  const undecided = known.isPending && view.benchmark_id === "";
  const deciding = known.isPending || (benchmark !== "" && declared.isPending);
  const fields = (declared.data ?? NO_FIELDS).items;
  const narrowed = isNarrowed(view);
  const clear = () => change(nothingChosen);
  const rows = deciding ? undefined : list.data?.items;
  return (
    <>
      <Title>Results</Title>
      <div className="page-head">
        <h1>Results</h1>
        <span className="text-body-secondary">{list.data && count(list.data.total, "result")}</span>
        {narrowed && (
          <Button size="sm" variant="link" onClick={clear}>
            Clear all choices
          </Button>
        )}
      </div>
      <SelectionBar view={view} onChange={change} />
      <ChoiceBar view={view} fields={fields} onChange={change} />
      {!deciding && !benchmark && known.data && <BenchmarkChoice page={known.data} onChange={change} />}
      {!benchmark && <Failure of={known} />}
      <Failure of={declared} />
      {!list.isLoadingError && (deciding || fields.length > 0) && (
        <PlotPanel view={asked} benchmark={benchmark} fields={fields} waiting={deciding} onChange={change} />
      )}
      <Failure of={list} />
      {view.only === "selected" && list.data && !list.isPlaceholderData && (
        <NotListed count={view.selected.length - list.data.total} />
      )}
      {list.isLoadingError ? (
        <Link to={paths.results}>Start over with all results</Link>
      ) : undecided ? (
        <p className="visually-hidden" aria-busy="true">
          Loading the results
        </p>
      ) : (
        <>
          <TableBar
            view={view}
            fields={fields}
            waiting={deciding}
            total={list.data?.total}
            onChange={change}
          />
          <ResultsTable
            caption="Results"
            rows={rows}
            expected={view.per_page}
            fields={fields}
            columns={view.columns}
            sortBy={view.sort_by}
            onSort={(sort_by) => change({ sort_by })}
            selected={view.selected}
            onSelect={(selected) => change({ selected })}
            busy={list.isPlaceholderData}
          />
        </>
      )}
      {list.data?.total === 0 && <Emptiness narrowed={narrowed} onClear={clear} />}
      {list.data && list.data.total > 0 && list.data.items.length === 0 && (
        <p className="emptiness">
          This page is past the last one.{" "}
          <Button size="sm" onClick={() => change({ page: defaults.page })}>
            To the first page
          </Button>
        </p>
      )}
      {list.data && list.data.total > 0 && (
        <Pager
          page={view.page}
          pages={list.data.pages}
          perPage={view.per_page}
          total={list.data.total}
          sizes={PER_PAGE}
          onPage={(page) => change({ page })}
          onPerPage={(per_page) => change({ per_page })}
        />
      )}
    </>
  );
}

/** Of what somebody selected, some may have been withdrawn since. */
const NotListed = ({ count: missing }: { count: number }) =>
  missing > 0 && (
    <p className="text-body-secondary mb-2">
      {count(missing, "selected result")} {missing === 1 ? "is" : "are"} not listed any more.
    </p>
  );

function Emptiness({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  if (!narrowed)
    return (
      <p className="emptiness">
        There are no results yet. <Link to={paths.submitResult}>Submit the first one</Link>
      </p>
    );
  return (
    <p className="emptiness">
      No result matches all of these choices.{" "}
      <Button size="sm" onClick={onClear}>
        Clear all choices
      </Button>
    </p>
  );
}
