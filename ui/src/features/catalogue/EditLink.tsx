import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { users } from "../users/queries";

/** The way to an editor, for admins. */
export function EditLink({ to }: { to: string }) {
  const { data: session } = useQuery(users.session());
  return session?.is_admin ? (
    <Link className="btn btn-sm btn-outline-secondary" to={to}>
      Edit
    </Link>
  ) : null;
}
