import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form } from "react-bootstrap";

import type { Named } from "../../api/types";
import { ErrorNotice } from "../../components/ErrorNotice";
import { TextField } from "../../components/TextField";
import { useDraft } from "../../components/useDraft";
import { RegisteredOnly } from "../users/RegisteredOnly";
import { createTag } from "./queries";

const BLANK = { name: "", description: "" };

/** A new tag. Tags need no review. */
export function TagForm({ onDone }: { onDone: (tag: Named) => void }) {
  const { draft, change, forget } = useDraft("tag", BLANK);
  const queryClient = useQueryClient();
  const creation = useMutation({
    mutationFn: createTag,
    onSuccess: (tag) => {
      forget();
      void queryClient.invalidateQueries({ queryKey: ["tags"] });
      onDone(tag);
    },
  });
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        creation.mutate(draft);
      }}
    >
      <TextField
        label="Name"
        member="name"
        required
        autoFocus
        maxLength={100}
        placeholder="hyper-threading off"
        value={draft.name}
        onChange={(name) => change({ name })}
        error={creation.error}
      />
      <TextField
        label="Description"
        member="description"
        maxLength={2000}
        rows={2}
        value={draft.description}
        onChange={(description) => change({ description })}
        error={creation.error}
      />
      <RegisteredOnly to="add a tag" typed>
        {creation.error && <ErrorNotice error={creation.error} />}
        <Button type="submit" disabled={creation.isPending}>
          Add the tag
        </Button>
      </RegisteredOnly>
    </Form>
  );
}
