import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Alert, Button } from "react-bootstrap";

import { AddDialog } from "../../components/AddDialog";
import { ErrorNotice } from "../../components/ErrorNotice";
import { paths } from "../../paths";
import { renewEmail } from "./own";
import { type Session, users } from "./queries";
import { RemoveMe } from "./RemoveMe";

/** The address we know, how to renew it, and how to leave. */
export function Account({ session }: { session: Session }) {
  const [leaving, setLeaving] = useState(false);
  const queryClient = useQueryClient();
  const renewal = useMutation({
    mutationFn: renewEmail,
    onSuccess: () => queryClient.invalidateQueries(users.session()),
  });
  return (
    <section className="panel" aria-labelledby="account">
      <h2 id="account">Account</h2>
      <dl className="facts">
        <dt>E-mail</dt>
        <dd>
          {session.email}
          <div className="small text-body-secondary">Only you and the admins see it. Decisions are mailed to it.</div>
        </dd>
        {session.is_admin && (
          <>
            <dt>Rights</dt>
            <dd>You are an admin.</dd>
          </>
        )}
      </dl>
      {renewal.isSuccess && <Alert variant="success">This is the address that your identity provider gave.</Alert>}
      {renewal.error && <ErrorNotice error={renewal.error} />}
      <p className="mb-1">
        <Button
          size="sm"
          variant="outline-secondary"
          disabled={renewal.isPending}
          onClick={() => renewal.mutate()}
          aria-describedby="renewal-note"
        >
          Update my e-mail address
        </Button>
      </p>
      <p id="renewal-note" className="form-text">
        Takes the address that your identity provider gave at your last login. Did it change since?{" "}
        <a href={paths.login(paths.me)}>Log in again</a> first.
      </p>
      <Button size="sm" variant="outline-danger" onClick={() => setLeaving(true)}>
        Remove me…
      </Button>
      <AddDialog title="Remove me" show={leaving} onHide={() => setLeaving(false)}>
        <RemoveMe />
      </AddDialog>
    </section>
  );
}
