import { useQuery } from "@tanstack/react-query";

import { Problem } from "../../../api/problem";
import { benchmarks } from "../../benchmarks/queries";
import { FieldList } from "../FieldList";
import { type Draft, missingIn } from "./draft";
import type { Checked } from "./useCheck";

/** Where the check of the document stands, and what of it people will compare. */
export function CheckState({ draft, checked }: { draft: Draft; checked: Checked }) {
  const id = draft.benchmark?.id ?? "";
  const { data: fields } = useQuery({ ...benchmarks.fields(id), enabled: id !== "" && checked.fits });
  const missing = missingIn(draft);
  if (missing.length > 0) {
    return <p className="text-body-secondary">Still missing: {missing.join(", ")}. It is checked as you type.</p>;
  }
  if (checked.checking) return <p className="text-body-secondary">Checking…</p>;
  if (checked.problem && isOfForm(checked.problem)) return <p className="text-danger-emphasis">{checked.problem.message}</p>;
  if (!checked.fits) return null;
  return (
    <>
      <p className="text-success-emphasis mb-1">✓ This fits the benchmark.</p>
      {fields && fields.items.length > 0 && (
        <div className="panel">
          <h2 className="mb-2">What people will compare</h2>
          <FieldList fields={fields.items} json={JSON.parse(draft.json)} />
        </div>
      )}
    </>
  );
}

/** A login that ended is told beside the button, and mistakes of the time beside the time. */
const isOfForm = ({ status, errors }: Problem) =>
  status !== 401 && !errors.some(({ parameter }) => parameter === "execution_datetime");
