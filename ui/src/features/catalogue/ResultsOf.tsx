import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";

import { Failure } from "../../components/ErrorNotice";
import { count } from "../../components/numbers";
import { Picker } from "../../components/Picker";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { usualColumns } from "../results/columns";
import { plotTitle } from "../results/plot";
import { results, type Selection } from "../results/queries";
import { ResultPlot } from "../results/ResultPlot";
import { ResultsTable } from "../results/ResultsTable";
import { defaults, viewParams } from "../results/view";

interface Props {
  selection: Selection;
  /** What the chart is of; by default the selection. */
  charted?: Selection;
  chartOf: string;
}

const NEWEST = { sort_by: "-execution_datetime", page: 1, per_page: 10 };
const among = (selection: Selection) => `${paths.results}?${viewParams(selection)}`;
const NO_FIELDS = { items: [] };

/** The newest results of a site or flavor, and a chart of one benchmark: the newest one's unless the URL names another. */
export function ResultsOf({ selection, charted = selection, chartOf }: Props) {
  const [params, setParams] = useSearchParams();
  const asked = params.get("benchmark_id") ?? "";
  const newest = useQuery(results.list({ ...selection, ...NEWEST }));
  const benchmark = asked || newest.data?.items[0]?.benchmark.id || "";
  const chosen = useQuery({ ...benchmarks.one(benchmark), enabled: benchmark !== "" });
  const declared = useQuery({ ...benchmarks.fields(benchmark), enabled: benchmark !== "" });
  // Figures of different benchmarks share no columns.
  const rows = useQuery({
    ...results.list({ ...selection, benchmark_id: benchmark, ...NEWEST }),
    enabled: benchmark !== "",
  });
  const fields = (declared.data ?? NO_FIELDS).items;
  const total = newest.data?.total;
  const choose = (benchmark_id: string) =>
    setParams(benchmark_id ? { benchmark_id } : {}, { preventScrollReset: true, replace: true });

  const saidAbove = new Set(["site", "benchmark"]);
  const failed = [newest, declared, rows].find(({ isLoadingError }) => isLoadingError);
  if (failed) return <Failure of={failed} />;
  if (total === 0) return <p className="panel emptiness">There are no results here yet.</p>;
  return (
    <>
      <section className="panel" aria-label="Chart">
        <div className="panel-head">
          <h2>{declared.data && fields.length > 0 ? `${chartOf}: ${plotTitle(defaults, fields)}` : chartOf}</h2>
          <Picker
            label="Benchmark"
            placeholder="The newest result's"
            chosen={benchmark ? { id: benchmark, name: chosen.data?.name ?? "…" } : null}
            search={benchmarks.search}
            onChoose={choose}
          />
        </div>
        {declared.data && fields.length === 0 ? (
          <p className="emptiness">This benchmark declares no fields to draw.</p>
        ) : declared.data ? (
          <ResultPlot selection={{ ...charted, benchmark_id: benchmark }} fields={fields} settings={defaults} />
        ) : (
          <div className="chart" aria-busy="true" />
        )}
      </section>
      <div className="page-head">
        <h2>Newest results{chosen.data && ` of ${chosen.data.name}`}</h2>
        {rows.data && <Link to={among({ ...selection, benchmark_id: benchmark })}>All {rows.data.total}</Link>}
        {total !== undefined && total !== rows.data?.total && (
          <Link to={among(selection)}>{count(total, "result")} of all benchmarks</Link>
        )}
      </div>
      {rows.data?.total === 0 ? (
        <p className="emptiness">No result of this benchmark here.</p>
      ) : (
        <ResultsTable
          caption="Newest results"
          rows={rows.data?.items}
          expected={5}
          fields={fields}
          columns={usualColumns(fields).filter((key) => !saidAbove.has(key))}
        />
      )}
    </>
  );
}
