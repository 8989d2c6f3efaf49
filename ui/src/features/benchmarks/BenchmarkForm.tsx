import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form } from "react-bootstrap";

import type { Benchmark } from "../../api/types";
import { ErrorNotice } from "../../components/ErrorNotice";
import { mistakesOfSyntax } from "../../components/json/places";
import { TextField } from "../../components/TextField";
import { useDraft } from "../../components/useDraft";
import { RegisteredOnly } from "../users/RegisteredOnly";
import { EXAMPLE } from "./example";
import { SchemaInput } from "./SchemaInput";
import { BLANK, submitBenchmark } from "./submit";

/** A new benchmark: its image, and what the image prints. */
export function BenchmarkForm({ onDone }: { onDone: (benchmark: Benchmark) => void }) {
  const { draft, change, forget } = useDraft("benchmark", BLANK);
  const queryClient = useQueryClient();
  const submission = useMutation({
    mutationFn: submitBenchmark,
    onSuccess: (benchmark) => {
      forget();
      void queryClient.invalidateQueries({ queryKey: ["benchmarks"] });
      void queryClient.invalidateQueries({ queryKey: ["users"] });
      onDone(benchmark);
    },
  });
  const loadExample = () => {
    const typed = Object.values(draft).some((text) => text.trim());
    if (!typed || window.confirm("Replace what you typed with the example?")) change(EXAMPLE);
  };
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        submission.mutate(draft);
      }}
    >
      <div className="image-row">
        <TextField
          label="Image"
          member="docker_image"
          required
          maxLength={255}
          placeholder="thechristophe/openbench-c-ray"
          help="A container image that anyone can pull and that prints JSON."
          value={draft.docker_image}
          onChange={(docker_image) => change({ docker_image })}
          error={submission.error}
        />
        <TextField
          label="Tag"
          member="docker_tag"
          required
          maxLength={128}
          placeholder="1.0"
          help="A fixed one."
          value={draft.docker_tag}
          onChange={(docker_tag) => change({ docker_tag })}
          error={submission.error}
        />
      </div>
      <TextField
        label="Address"
        member="url"
        type="url"
        required
        maxLength={2000}
        placeholder="https://"
        help="Where people read about the benchmark."
        value={draft.url}
        onChange={(url) => change({ url })}
        error={submission.error}
      />
      <TextField
        label="Description"
        member="description"
        maxLength={10_000}
        rows={2}
        value={draft.description}
        onChange={(description) => change({ description })}
        error={submission.error}
      />
      <SchemaInput schema={draft.schema} onChange={(schema) => change({ schema })} onExample={loadExample} />
      <RegisteredOnly to="submit a benchmark" typed>
        {submission.error && <ErrorNotice error={submission.error} />}
        <Button
          type="submit"
          disabled={submission.isPending || !draft.schema.trim() || mistakesOfSyntax(draft.schema).length > 0}
        >
          {submission.isPending ? "Looking the image up…" : "Submit for review"}
        </Button>
      </RegisteredOnly>
    </Form>
  );
}
