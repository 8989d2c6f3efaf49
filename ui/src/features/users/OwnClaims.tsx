import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Claim } from "../../api/types";
import { RelativeTime } from "../../components/RelativeTime";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { PagedList } from "../catalogue/PagedList";
import { ClaimStatus } from "../claims/ClaimStatus";
import { CLAIMS, own } from "./own";

/** What I said against results, and what became of it. */
export function OwnClaims() {
  const [view, change] = useListView(CLAIMS);
  const list = useQuery(own.claims({ page: view.page, per_page: view.per_page }));
  return (
    <PagedList
      what="Own reports"
      columns={["Message", "Result", "Reported", "State"]}
      list={list}
      view={view}
      onChange={change}
      rowKey={({ id }) => id}
      empty="You have not reported a result."
      Cells={Cells}
    />
  );
}

const Cells = ({ item }: { item: Claim }) => (
  <>
    <td className="wrap">{item.message}</td>
    <td>
      {/* a withdrawn result is there for its uploader and admins only */}
      {item.status === "approved" ? "withdrawn" : <Link to={paths.result(item.resource_id)}>the result</Link>}
    </td>
    <td>
      <RelativeTime at={item.upload_datetime} />
    </td>
    <td>
      <ClaimStatus status={item.status} />
    </td>
  </>
);
