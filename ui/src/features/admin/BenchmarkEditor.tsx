import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Problem } from "../../api/problem";
import { JsonInput } from "../../components/json/JsonInput";
import { mistakesAt, mistakesOfSyntax } from "../../components/json/places";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { ItemPage } from "../catalogue/ItemPage";
import { EditForm, type Member, orNull } from "./EditForm";

type Values = {
  docker_image: string;
  docker_tag: string;
  url: string;
  description: string;
  schema: string;
};

const MEMBERS: Member<Values>[] = [
  { member: "docker_image", label: "Image", required: true, maxLength: 255 },
  { member: "docker_tag", label: "Tag", required: true, maxLength: 128 },
  { member: "url", label: "Where to read about it", required: true, maxLength: 2000 },
  { member: "description", label: "Description", rows: 3, maxLength: 10_000 },
];
const PLACE = "/json_schema";

/** What is wrong in the schema: as JSON, else as the server said of it. */
function mistakesIn(text: string, error: Error | null) {
  const syntax = mistakesOfSyntax(text);
  if (syntax.length > 0 || !(error instanceof Problem)) return syntax;
  const said = error.errors.filter(({ pointer }) => pointer?.startsWith(PLACE));
  return mistakesAt(
    text,
    said.map(({ detail, pointer = "" }) => ({ detail, pointer: pointer.slice(PLACE.length) })),
  );
}

export function Component() {
  const { id = "" } = useParams();
  const path = { params: { path: { id } } };
  return (
    <ItemPage what="benchmark" item={useQuery(benchmarks.one(id))}>
      {({ name, description, json_schema: schema, ...benchmark }) => (
        <>
          <Title>{`Edit ${name}`}</Title>
          <p className="mb-1">
            <Link to={paths.adminBenchmarks}>‹ Benchmarks</Link>
          </p>
          <div className="page-head">
            <h2 className="break">{name}</h2>
            <Link to={paths.benchmark(id)}>Its page</Link>
          </div>
          <EditForm
            what="benchmark"
            id={id}
            name={name}
            start={
              {
                docker_image: benchmark.docker_image,
                docker_tag: benchmark.docker_tag,
                url: benchmark.url,
                description: description ?? "",
                schema: JSON.stringify(schema, null, 2),
              }
            }
            members={MEMBERS}
            save={async ({ schema: text, ...values }) => {
              const json_schema = JSON.parse(text) as Record<string, unknown>;
              const body = { ...values, description: orNull(values.description), json_schema };
              return ok(api.PUT("/api/v1/benchmarks/{id}", { ...path, body }));
            }}
            remove={() => ok(api.DELETE("/api/v1/benchmarks/{id}", path))}
            removal="It is gone for good. A benchmark that has results can't be deleted."
            back={paths.adminBenchmarks}
            sound={(values) => mistakesOfSyntax(values.schema).length === 0}
          >
            {(values, change, error) => (
              <div className="mb-3">
                <JsonInput
                  label="JSON Schema"
                  value={values.schema}
                  mistakes={mistakesIn(values.schema, error)}
                  state={null}
                  help="A changed schema renews the fields of all results; results that are there are not checked again."
                  onChange={(text) => change({ schema: text })}
                />
              </div>
            )}
          </EditForm>
        </>
      )}
    </ItemPage>
  );
}
