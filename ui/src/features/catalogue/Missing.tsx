import { useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";

import { NotFound } from "../../components/NotFound";
import { paths } from "../../paths";
import { service } from "../service/queries";
import { users } from "../users/queries";

/** In place of a thing that is not there, or that only some may see. */
export function Missing({ what }: { what: string }) {
  const { data: info } = useQuery(service.info());
  const { data: session } = useQuery(users.session());
  const { pathname, search } = useLocation();
  return (
    <NotFound what={what}>
      {session?.logged_in === false && info?.login !== false && (
        <p>
          What waits for review or was withdrawn is seen only by who submitted it.{" "}
          <a href={paths.login(pathname + search)}>Log in to see yours</a>
        </p>
      )}
    </NotFound>
  );
}
