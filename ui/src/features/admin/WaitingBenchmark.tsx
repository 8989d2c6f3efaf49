import { useQuery } from "@tanstack/react-query";
import { Alert } from "react-bootstrap";

import { Failure } from "../../components/ErrorNotice";
import { JsonPanel } from "../../components/JsonPanel";
import { BenchmarkFacts } from "../benchmarks/BenchmarkFacts";
import { FieldsTable } from "../benchmarks/FieldsTable";
import { benchmarks } from "../benchmarks/queries";
import { Waiting } from "../catalogue/ItemPage";
import { type Detail, Gone } from "./QueueItem";

export function WaitingBenchmark({ id }: Detail) {
  const { data: benchmark, error, refetch } = useQuery(benchmarks.one(id));
  const fields = useQuery({ ...benchmarks.fields(id), enabled: benchmark !== undefined });
  if (error) return <Gone error={error} onRetry={() => void refetch()} />;
  if (!benchmark) return <Waiting what="benchmark" />;
  return (
    <>
      {benchmark.image_note && (
        <Alert variant="warning" className="py-2">
          The image was not found in its registry yet: {benchmark.image_note} Check that it exists.
        </Alert>
      )}
      {benchmark.description && <p className="prose">{benchmark.description}</p>}
      <section className="panel">
        <h3>Image</h3>
        <BenchmarkFacts benchmark={benchmark} />
      </section>
      <section className="panel">
        <h3 className="mb-2">Fields</h3>
        <Failure of={fields} />
        {fields.data && <FieldsTable fields={fields.data.items} />}
      </section>
      <JsonPanel title="JSON Schema" value={benchmark.json_schema} file="schema.json" />
    </>
  );
}
