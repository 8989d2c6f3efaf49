import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Alert, Button } from "react-bootstrap";
import { useLocation } from "react-router";

import { Failure } from "../../components/ErrorNotice";
import { paths } from "../../paths";
import { users } from "./queries";
import { RegisterDialog } from "./RegisterDialog";

interface Props {
  /** What takes a registered person: "submit a result". */
  to: string;
  /** Whether there is a form whose draft outlives a login. */
  typed?: boolean;
  children: ReactNode;
}

/** The children for registered people; for others, the way to become one. */
export function RegisteredOnly({ to, typed = false, children }: Props) {
  const asked = useQuery(users.session());
  const session = asked.data;
  const { pathname, search } = useLocation();
  const [registering, setRegistering] = useState(false);
  if (!session) return asked.error ? <Failure of={asked} /> : <p aria-busy="true">Asking who you are…</p>;
  if (session.registered) return children;
  const kept = typed && " What you typed is kept.";
  return (
    <Alert variant="info">
      {session.logged_in ? (
        <>
          <p className="mb-2">
            To {to}, register first.{kept}
          </p>
          <Button size="sm" onClick={() => setRegistering(true)}>
            Register…
          </Button>
        </>
      ) : (
        <>
          <p className="mb-2">
            To {to}, log in first.{kept}
          </p>
          <a className="btn btn-sm btn-primary" href={paths.login(pathname + search)}>
            Log in
          </a>
        </>
      )}
      <RegisterDialog show={registering} onHide={() => setRegistering(false)} />
    </Alert>
  );
}
