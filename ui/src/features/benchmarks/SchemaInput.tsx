import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Button } from "react-bootstrap";

import { Problem } from "../../api/problem";
import { JsonInput } from "../../components/json/JsonInput";
import { type Mistake, mistakesAt, mistakesOfSyntax } from "../../components/json/places";
import { useSettled } from "../../components/useSettled";
import { users } from "../users/queries";
import { FieldsTable } from "./FieldsTable";
import { check } from "./submit";

interface Props {
  schema: string;
  onChange: (schema: string) => void;
  onExample: () => void;
}

const NONE: Mistake[] = [];
const MEMBER = "/json_schema";

/** The editor of a JSON Schema, with its mistakes, and the fields that it declares. */
export function SchemaInput({ schema, onChange, onExample }: Props) {
  const { data: session } = useQuery(users.session());
  const syntax = useMemo(() => (schema.trim() ? mistakesOfSyntax(schema) : NONE), [schema]);
  const asked = useSettled(schema, 400);
  const ready = schema.trim() !== "" && syntax.length === 0 && session?.registered === true;
  const { data: fields, error, isFetching } = useQuery({ ...check(asked), enabled: ready && asked === schema });
  const refused = ready && asked === schema && error instanceof Problem ? error : undefined;
  const found = useMemo(() => {
    const inSchema = refused?.errors.filter(({ pointer }) => pointer?.startsWith(MEMBER)) ?? [];
    return mistakesAt(
      schema,
      inSchema.map(({ detail, pointer }) => ({ detail, pointer: pointer?.slice(MEMBER.length) })),
    );
  }, [refused, schema]);
  const mistakes = syntax.length > 0 ? syntax : found;
  const shown = ready && mistakes.length === 0 ? fields : undefined;
  return (
    <>
      <JsonInput
        label="JSON Schema"
        value={schema}
        onChange={onChange}
        mistakes={mistakes}
        help={
          <>
            What the image prints must satisfy it. <code>x-perf</code> on a leaf makes it a field that people compare:
            its role (<code>metric</code>, <code>machine</code>, <code>parameter</code>), its unit, and for a metric
            whether <code>lower</code> or <code>higher</code> is better.
          </>
        }
        state={
          <p className="text-body-secondary">
            {isFetching || (ready && asked !== schema) ? "Checking…" : shown ? "✓ This is a usable schema." : null}
            {refused && refused.status !== 401 && refused.message}
          </p>
        }
      >
        <Button size="sm" variant="outline-secondary" onClick={onExample}>
          Load an example
        </Button>
      </JsonInput>
      {shown && (
        <div className={`mb-3 ${isFetching ? "opacity-50" : ""}`}>
          <h2 className="mb-2">Fields it declares</h2>
          <FieldsTable fields={shown} />
        </div>
      )}
    </>
  );
}
