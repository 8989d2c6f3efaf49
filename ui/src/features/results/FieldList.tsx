import type { Field } from "../../api/types";
import { count, significant } from "../../components/numbers";
import { fieldName, hint, inReadingOrder, valueAt } from "./fields";

const ROLES: [string | null | undefined, string][] = [
  ["metric", "Measured"],
  ["machine", "Machine"],
  ["parameter", "Parameters"],
];

/** What the benchmark's fields say about one result, by their role. */
export function FieldList({ fields, json }: { fields: Field[]; json: unknown }) {
  const named = new Set(ROLES.map(([role]) => role));
  const groups = [...ROLES, [null, "Other"] as const].map(([role, title]) => ({
    title,
    members: inReadingOrder(fields).filter((field) => (role ? field.role === role : !named.has(field.role))),
  }));
  return groups
    .filter(({ members }) => members.length > 0)
    .map(({ title, members }) => (
      <div key={title}>
        <h3>{title}</h3>
        <dl className="facts">
          {members.map((field) => (
            <div key={field.path}>
              <dt title={field.path}>{fieldName(field, fields)}</dt>
              <dd>
                <FieldValue field={field} json={json} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    ));
}

const sampleText = (sample: unknown) => (typeof sample === "number" ? significant(sample, 8) : String(sample));

function FieldValue({ field, json }: { field: Field; json: unknown }) {
  const value = valueAt(json, field.path);
  const samples = field.samples ? valueAt(json, field.samples) : undefined;
  const notes = [field.description, hint(field)].filter(Boolean).join("; ");
  if (value === undefined) return <span className="text-body-secondary">not in this result</span>;
  return (
    <>
      <strong>{typeof value === "number" ? significant(value, 8) : String(value)}</strong> {field.unit}
      {notes && <div className="small text-body-secondary">{notes}</div>}
      {Array.isArray(samples) && (
        <div className="small text-body-secondary">
          {count(samples.length, "sample")}: {samples.slice(0, 12).map(sampleText).join(", ")}
          {samples.length > 12 && " …"}
        </div>
      )}
    </>
  );
}
