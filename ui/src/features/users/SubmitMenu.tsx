import { useQuery } from "@tanstack/react-query";
import { NavDropdown } from "react-bootstrap";
import { Link, useLocation } from "react-router";

import { paths } from "../../paths";
import { users } from "./queries";

const WAYS = [
  [paths.submitResult, "A result"],
  [paths.submitBenchmark, "A benchmark"],
  [paths.submitSite, "A site with flavors"],
  [paths.submitFlavor, "A flavor"],
] as const;

/** For people who are logged in: what they can add. */
export function SubmitMenu() {
  const { data: session } = useQuery(users.session());
  const { pathname } = useLocation();
  if (!session?.logged_in) return null;
  return (
    <NavDropdown title="Submit" active={pathname.startsWith("/submit/")}>
      {WAYS.map(([path, name]) => (
        <NavDropdown.Item key={path} as={Link} to={path} eventKey={path} active={pathname === path}>
          {name}
        </NavDropdown.Item>
      ))}
    </NavDropdown>
  );
}
