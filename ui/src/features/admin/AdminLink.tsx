import { useQuery } from "@tanstack/react-query";
import { Badge, Nav } from "react-bootstrap";
import { NavLink } from "react-router";

import { paths } from "../../paths";
import { users } from "../users/queries";
import { admin } from "./queries";

/** For admins: the way to their pages, with how much waits. */
export function AdminLink() {
  const { data: session } = useQuery(users.session());
  const isAdmin = session?.is_admin === true;
  const { data: waiting } = useQuery({ ...admin.waiting(), enabled: isAdmin });
  if (!isAdmin) return null;
  return (
    <Nav.Link as={NavLink} to={paths.admin} eventKey="admin">
      Admin
      {waiting && waiting.total > 0 && (
        <Badge pill bg="warning" text="dark" className="ms-1">
          {waiting.total}
          <span className="visually-hidden"> waiting</span>
        </Badge>
      )}
    </Nav.Link>
  );
}
