import type { Result } from "../../api/types";
import { JsonPanel } from "../../components/JsonPanel";

/** The document as the benchmark printed it. */
export function RawJson({ result: { id, json } }: { result: Pick<Result, "id" | "json"> }) {
  return <JsonPanel title="JSON" value={json} file={`result-${id}.json`} />;
}
