import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Submit } from "../../api/types";
import { RelativeTime } from "../../components/RelativeTime";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { PagedList } from "../catalogue/PagedList";
import { own, SUBMITS } from "./own";

const PAGES = { benchmark: paths.benchmark, site: paths.site, flavor: paths.flavor };

/** What I submitted and waits for an admin. */
export function OwnSubmits() {
  const [view, change] = useListView(SUBMITS);
  const list = useQuery(own.submits({ page: view.page, per_page: view.per_page }));
  return (
    <PagedList
      what="Own submissions that wait for review"
      columns={["What", "Name", "Submitted"]}
      list={list}
      view={view}
      onChange={change}
      rowKey={(submit) => submit.resource_id}
      empty="Nothing of yours waits for review."
      Cells={Cells}
    />
  );
}

const Cells = ({ item }: { item: Submit }) => (
  <>
    <td>{item.resource_type === "claim" ? "report" : item.resource_type}</td>
    <td className="wrap">
      {item.resource_type === "claim" ? (
        item.name
      ) : (
        <Link to={PAGES[item.resource_type](item.resource_id)}>{item.name}</Link>
      )}
    </td>
    <td>
      <RelativeTime at={item.upload_datetime} />
    </td>
  </>
);
