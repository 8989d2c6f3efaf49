import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form } from "react-bootstrap";

import { api, ok } from "../../api/client";
import type { Named } from "../../api/types";
import { ErrorNotice } from "../../components/ErrorNotice";
import { TextField } from "../../components/TextField";
import { useDraft } from "../../components/useDraft";
import { RegisteredOnly } from "../users/RegisteredOnly";

export interface NewFlavor {
  name: string;
  description: string;
}

export const submitFlavor = (siteId: string, { name, description }: NewFlavor) =>
  ok(
    api.POST("/api/v1/sites/{id}/flavors", {
      params: { path: { id: siteId } },
      body: { name, description: description || null },
    }),
  );

const BLANK: NewFlavor = { name: "", description: "" };

/** A new flavor of a site that is there. */
export function FlavorForm({ site, onDone }: { site: Named; onDone: (flavor: Named) => void }) {
  const { draft, change, forget } = useDraft("flavor", BLANK);
  const queryClient = useQueryClient();
  const submission = useMutation({
    mutationFn: () => submitFlavor(site.id, draft),
    onSuccess: (flavor) => {
      forget();
      void queryClient.invalidateQueries({ queryKey: ["sites", site.id] });
      void queryClient.invalidateQueries({ queryKey: ["users"] });
      onDone(flavor);
    },
  });
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        submission.mutate();
      }}
    >
      <p>
        A machine type of <strong>{site.name}</strong>, by the name that the site gives it.
      </p>
      <TextField
        label="Name"
        member="name"
        required
        maxLength={200}
        placeholder="hpc.8core-16ram"
        value={draft.name}
        onChange={(name) => change({ name })}
        error={submission.error}
      />
      <TextField
        label="Description"
        member="description"
        maxLength={10_000}
        rows={3}
        help="What one gets: cores, memory, GPUs, disk."
        value={draft.description}
        onChange={(description) => change({ description })}
        error={submission.error}
      />
      <RegisteredOnly to="submit a flavor" typed>
        {submission.error && <ErrorNotice error={submission.error} />}
        <Button type="submit" disabled={submission.isPending}>
          Submit for review
        </Button>
      </RegisteredOnly>
    </Form>
  );
}
