import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import type { Benchmark } from "../../api/types";
import { Failure } from "../../components/ErrorNotice";
import { JsonPanel } from "../../components/JsonPanel";
import { count } from "../../components/numbers";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { EditLink } from "../catalogue/EditLink";
import { ItemPage } from "../catalogue/ItemPage";
import { StatusBadge } from "../catalogue/StatusBadge";
import { Featured } from "../home/Featured";
import { results } from "../results/queries";
import { ResultsTable } from "../results/ResultsTable";
import { viewParams } from "../results/view";
import { BenchmarkFacts } from "./BenchmarkFacts";
import { FieldsTable } from "./FieldsTable";
import { benchmarks } from "./queries";

const NEWEST = { sort_by: "-execution_datetime", page: 1, per_page: 5 };

export function Component() {
  const { id = "" } = useParams();
  return (
    <ItemPage what="benchmark" item={useQuery(benchmarks.one(id))}>
      {(benchmark) => <Known benchmark={benchmark} />}
    </ItemPage>
  );
}

function Known({ benchmark }: { benchmark: Benchmark }) {
  const { id, name, description } = benchmark;
  const fields = useQuery(benchmarks.fields(id));
  const newest = useQuery(results.list({ benchmark_id: id, ...NEWEST }));
  const all = `${paths.results}?${viewParams({ benchmark_id: id })}`;
  return (
    <>
      <Title>{name}</Title>
      <p className="mb-1">
        <Link to={paths.benchmarks}>‹ Benchmarks</Link>
      </p>
      <div className="page-head">
        <h1 className="break">{name}</h1>
        <StatusBadge status={benchmark.status} />
        {newest.data && newest.data.total > 0 && <Link to={all}>All {count(newest.data.total, "result")}</Link>}
        {benchmark.status === "approved" && <Link to={`${paths.submitResult}?benchmark_id=${id}`}>Submit a result</Link>}
        <EditLink to={paths.adminBenchmark(id)} />
      </div>
      {description && <p className="prose">{description}</p>}
      {newest.isPending && <section className="panel featured-space" aria-busy="true" />}
      {newest.data && newest.data.total > 0 && <Featured benchmark={{ id, name }} heading="Across the sites" />}
      <section className="panel">
        <h2>Fields</h2>
        <Failure of={fields} />
        {fields.data && <FieldsTable fields={fields.data.items} />}
      </section>
      <section className="panel">
        <h2>Image</h2>
        <BenchmarkFacts benchmark={benchmark} />
      </section>
      <div className="page-head">
        <h2>Newest results</h2>
      </div>
      <Failure of={newest} />
      {newest.isLoadingError ? null : newest.data?.total === 0 ? (
        <p className="emptiness">There are no results of this benchmark yet.</p>
      ) : (
        <ResultsTable
          caption="Newest results"
          rows={newest.data?.items}
          expected={5}
          fields={fields.data?.items ?? []}
        />
      )}
      <JsonPanel title="JSON Schema" value={benchmark.json_schema} file={`${name.replaceAll(/[/:]/g, "-")}.schema.json`} />
    </>
  );
}
