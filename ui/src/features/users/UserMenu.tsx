import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Nav, NavDropdown } from "react-bootstrap";
import { Link, useLocation } from "react-router";

import { attempt } from "../../components/Complaints";
import { forgetDrafts } from "../../components/useDraft";
import { paths } from "../../paths";
import { service } from "../service/queries";
import { logOut, users } from "./queries";
import { RegisterDialog } from "./RegisterDialog";

export function UserMenu() {
  const { data: info } = useQuery(service.info());
  const { data: session } = useQuery(users.session());
  const { pathname, search } = useLocation();
  const queryClient = useQueryClient();
  const [registering, setRegistering] = useState(false);

  if (!session || info?.login === false) return null;
  if (!session.logged_in) return <Nav.Link href={paths.login(pathname + search)}>Log in</Nav.Link>;

  const leave = () => {
    attempt(
      logOut().then(() => {
        forgetDrafts();
        return queryClient.resetQueries();
      }),
    );
  };
  return (
    <>
      <NavDropdown title={session.registered ? session.email : "Not registered"} align="end">
        {!session.registered && (
          <NavDropdown.Item as="button" type="button" onClick={() => setRegistering(true)}>
            Register…
          </NavDropdown.Item>
        )}
        {session.registered && (
          <NavDropdown.Item as={Link} to={paths.me} eventKey="me">
            My page
          </NavDropdown.Item>
        )}
        <NavDropdown.Item as="button" type="button" onClick={leave}>
          Log out
        </NavDropdown.Item>
      </NavDropdown>
      <RegisterDialog show={registering} onHide={() => setRegistering(false)} />
    </>
  );
}
