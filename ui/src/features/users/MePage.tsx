import { useQuery } from "@tanstack/react-query";

import { Title } from "../../components/Title";
import { type ListView, useListView } from "../catalogue/listView";
import { Account } from "./Account";
import { CLAIMS, own, SUBMITS } from "./own";
import { OwnClaims } from "./OwnClaims";
import { OwnResults } from "./OwnResults";
import { OwnSubmits } from "./OwnSubmits";
import { users } from "./queries";
import { RegisteredOnly } from "./RegisteredOnly";

/** What is mine here. */
export function Component() {
  return (
    <>
      <Title>My page</Title>
      <h1 className="mb-3">My page</h1>
      <RegisteredOnly to="see what is yours">
        <Mine />
      </RegisteredOnly>
    </>
  );
}

const pageOf = ({ page, per_page }: ListView) => ({ page, per_page });

/** What follows a list comes when all lists are here: nobody knows how long they are, and it would move. */
function Mine() {
  const { data: session } = useQuery(users.session());
  const results = useQuery(own.results(pageOf(useListView()[0])));
  const submits = useQuery(own.submits(pageOf(useListView(SUBMITS)[0])));
  const claims = useQuery(own.claims(pageOf(useListView(CLAIMS)[0])));
  const waiting = results.isPending || submits.isPending || claims.isPending;
  return (
    <>
      <h2 className="mb-2">My results</h2>
      <OwnResults />
      {!waiting && (
        <>
          <h2 className="mb-2 mt-3">Waiting for review</h2>
          <OwnSubmits />
          <h2 className="mb-2 mt-3">My reports</h2>
          <OwnClaims />
          {session && <Account session={session} />}
        </>
      )}
    </>
  );
}
