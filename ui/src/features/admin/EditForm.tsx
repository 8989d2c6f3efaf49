import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button, Form } from "react-bootstrap";
import { useNavigate } from "react-router";

import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorNotice } from "../../components/ErrorNotice";
import { mistakeAt, TextField } from "../../components/TextField";
import { useDraft } from "../../components/useDraft";

export interface Member<Values> {
  member: keyof Values & string;
  label: string;
  required?: boolean;
  rows?: number;
  maxLength?: number;
  help?: string;
}

interface Props<Values extends Record<string, string>> {
  /** What is edited: "site". */
  what: string;
  name: string;
  id: string;
  /** What the server holds now. */
  start: Values;
  members: Member<Values>[];
  save: (values: Values) => Promise<unknown>;
  remove: () => Promise<unknown>;
  /** What deleting means. */
  removal: string;
  /** Where to go after deleting. */
  back: string;
  /** Whether what `children` edit can be sent. */
  sound?: (values: Values) => boolean;
  children?: (values: Values, change: (patch: Partial<Values>) => void, error: Error | null) => ReactNode;
}

/** Changes or deletes one thing. What is typed stays through errors, reloads and logins. */
export function EditForm<Values extends Record<string, string>>(props: Props<Values>) {
  const { what, name, id, start, members, save, remove, removal, back, sound = () => true, children } = props;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  // Named with what the server holds: a draft of an older state is no draft of this one.
  const { draft, change, forget } = useDraft<Values>(`edit ${id} ${JSON.stringify(start)}`, start);
  const [asking, setAsking] = useState(false);
  const saving = useMutation({
    mutationFn: () => save(draft),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const removing = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      await navigate(back);
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(id) });
      await queryClient.invalidateQueries();
    },
  });
  const changed = Object.keys(start).some((member) => draft[member] !== start[member]);
  const places = [...members.map(({ member }) => member as string), ...(children ? ["json_schema"] : [])];
  const placed = places.some((member) => mistakeAt(saving.error, `/${member}`) !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <>
      <Form className="panel edit-form" onSubmit={submit}>
        {members.map((each) => (
          <TextField
            key={each.member}
            {...each}
            value={draft[each.member] ?? ""}
            error={saving.error}
            onChange={(value) => change({ [each.member]: value } as Partial<Values>)}
          />
        ))}
        {children?.(draft, change, saving.error)}
        {saving.isError && !placed && <ErrorNotice error={saving.error} />}
        <div className="d-flex flex-wrap gap-2 align-items-center">
          <Button type="submit" disabled={!changed || !sound(draft) || saving.isPending}>
            Save
          </Button>
          <Button variant="outline-secondary" disabled={!changed} onClick={() => forget()}>
            Undo my changes
          </Button>
          <span role="status">{saving.isSuccess && !changed && "Saved."}</span>
          <Button variant="outline-danger" className="ms-auto" onClick={() => setAsking(true)}>
            Delete…
          </Button>
        </div>
      </Form>
      <ConfirmDialog
        show={asking}
        title={`Delete the ${what} ${name}?`}
        action={`Delete the ${what}`}
        busy={removing.isPending}
        error={removing.error}
        onConfirm={() => removing.mutate()}
        onHide={() => {
          setAsking(false);
          removing.reset();
        }}
      >
        <p>{removal}</p>
      </ConfirmDialog>
    </>
  );
}

/** What the API takes for a text that may be missing. */
export const orNull = (text: string) => text.trim() || null;
