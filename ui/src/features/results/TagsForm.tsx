import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Form } from "react-bootstrap";

import type { Result } from "../../api/types";
import { ErrorNotice } from "../../components/ErrorNotice";
import { useDraft } from "../../components/useDraft";
import { TagForm } from "../tags/TagForm";
import { type Chosen, TagsInput } from "../tags/TagsInput";
import { RegisteredOnly } from "../users/RegisteredOnly";
import { setTags } from "./actions";

/** Which tags a result carries. */
export function TagsForm({ result: { id, tags }, onDone }: { result: Result; onDone: () => void }) {
  const { draft, change, forget } = useDraft<{ chosen: Chosen[] }>(`tags ${id}`, {
    chosen: tags.map((tag) => ({ id: tag.id, name: tag.name })),
  });
  const [adding, setAdding] = useState(false);
  const queryClient = useQueryClient();
  const saving = useMutation({
    mutationFn: () =>
      setTags(
        id,
        draft.chosen.map((tag) => tag.id),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["results"] });
      forget();
      onDone();
    },
  });
  if (adding) {
    return (
      <>
        <h3 className="mb-2">New tag</h3>
        <TagForm
          onDone={(tag) => {
            change({ chosen: [...draft.chosen, { id: tag.id, name: tag.name }] });
            setAdding(false);
          }}
        />
        <Button variant="link" className="px-0" onClick={() => setAdding(false)}>
          Back to the tags
        </Button>
      </>
    );
  }
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TagsInput chosen={draft.chosen} onChange={(chosen) => change({ chosen })} />
      <Button size="sm" variant="link" className="px-0 mb-3" onClick={() => setAdding(true)}>
        Add a new tag…
      </Button>
      <RegisteredOnly to="change tags" typed>
        {saving.error && <ErrorNotice error={saving.error} />}
        <div>
          <Button type="submit" disabled={saving.isPending}>
            Save the tags
          </Button>
        </div>
      </RegisteredOnly>
    </Form>
  );
}
