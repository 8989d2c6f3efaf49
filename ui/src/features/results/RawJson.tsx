import { parse } from "lossless-json";
import { useMemo } from "react";

import type { Result } from "../../api/types";
import { JsonPanel } from "../../components/JsonPanel";

/** The document as the benchmark printed it, with each digit of its numbers. written: the API's answer. */
export function RawJson({ id, written }: { id: string; written: string }) {
  const value = useMemo(() => (parse(written) as Pick<Result, "json">).json, [written]);
  return <JsonPanel title="JSON" value={value} file={`result-${id}.json`} />;
}
