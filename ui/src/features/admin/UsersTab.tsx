import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-bootstrap";

import type { User } from "../../api/types";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { RelativeTime } from "../../components/RelativeTime";
import { useSettled } from "../../components/useSettled";
import { useListView } from "../catalogue/listView";
import { PagedList, sortable } from "../catalogue/PagedList";
import { admin, removeUser } from "./queries";

const COLUMNS = [sortable("E-mail", "email"), sortable("Registered", "registration_datetime"), "Subject", "Issuer", "Remove"];

export function Component() {
  const [view, change] = useListView();
  const list = useQuery(admin.people(useSettled(view.text), view));
  return (
    <PagedList
      what="users"
      columns={COLUMNS}
      list={list}
      view={view}
      onChange={change}
      searchFor="Search e-mail"
      rowKey={({ sub, iss }) => `${iss} ${sub}`}
      Cells={Cells}
    />
  );
}

function Cells({ item }: { item: User }) {
  const { email, sub, iss, registration_datetime: registered } = item;
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const removing = useMutation({
    mutationFn: () => removeUser(item),
    onSuccess: () => {
      setAsking(false);
      return queryClient.invalidateQueries({ queryKey: ["users"] });
    },
  });
  return (
    <>
      <td>
        <a href={`mailto:${email}`}>{email}</a>
      </td>
      <td>
        <RelativeTime at={registered} />
      </td>
      <td>
        <code>{sub}</code>
      </td>
      <td>{iss}</td>
      <td>
        <Button size="sm" variant="outline-danger" aria-label={`Remove ${email}…`} onClick={() => setAsking(true)}>
          Remove…
        </Button>
        <ConfirmDialog
          show={asking}
          title={`Remove ${email}?`}
          action="Remove this person"
          busy={removing.isPending}
          error={removing.error}
          onConfirm={() => removing.mutate()}
          onHide={() => setAsking(false)}
        >
          <p>
            Their account and logins are deleted, which can’t be undone. What they uploaded stays, without a name. They
            may register again.
          </p>
        </ConfirmDialog>
      </td>
    </>
  );
}
