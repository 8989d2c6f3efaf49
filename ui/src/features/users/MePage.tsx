import { useQuery } from "@tanstack/react-query";

import { Title } from "../../components/Title";
import { Account } from "./Account";
import { OwnClaims } from "./OwnClaims";
import { OwnResults } from "./OwnResults";
import { OwnSubmits } from "./OwnSubmits";
import { users } from "./queries";
import { RegisteredOnly } from "./RegisteredOnly";

/** What is mine here. */
export function Component() {
  const { data: session } = useQuery(users.session());
  return (
    <>
      <Title>My page</Title>
      <h1 className="mb-3">My page</h1>
      <RegisteredOnly to="see what is yours">
        <h2 className="mb-2">My results</h2>
        <OwnResults />
        <h2 className="mb-2 mt-3">Waiting for review</h2>
        <OwnSubmits />
        <h2 className="mb-2 mt-3">My reports</h2>
        <OwnClaims />
        {session && <Account session={session} />}
      </RegisteredOnly>
    </>
  );
}
