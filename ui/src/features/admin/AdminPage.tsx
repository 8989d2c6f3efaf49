import { useQuery } from "@tanstack/react-query";
import { Alert, Nav } from "react-bootstrap";
import { NavLink, Outlet } from "react-router";

import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { RegisteredOnly } from "../users/RegisteredOnly";
import { users } from "../users/queries";

const TABS = [
  [paths.admin, "Queue"],
  [paths.adminBenchmarks, "Benchmarks"],
  [paths.adminSites, "Sites"],
  [paths.adminTags, "Tags"],
  [paths.adminUsers, "Users"],
  [paths.adminLog, "Log"],
] as const;

/** What surrounds the pages of admins, and keeps others out with a reason. */
export function Component() {
  const { data: session } = useQuery(users.session());
  return (
    <>
      <Title>Administration</Title>
      <h1 className="mb-2">Administration</h1>
      <RegisteredOnly to="decide and edit" typed>
        {session?.is_admin ? (
          <>
            <Nav as="nav" variant="tabs" className="mb-3" aria-label="Administration">
              {TABS.map(([path, name]) => (
                <Nav.Item key={path}>
                  <Nav.Link as={NavLink} to={path} end={path === paths.admin}>
                    {name}
                  </Nav.Link>
                </Nav.Item>
              ))}
            </Nav>
            <Outlet />
          </>
        ) : (
          <Alert variant="warning">
            This is for admins. Your identity provider names who they are; your account carries no such entitlement.
          </Alert>
        )}
      </RegisteredOnly>
    </>
  );
}
