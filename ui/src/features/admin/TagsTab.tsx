import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Tag } from "../../api/types";
import { useSettled } from "../../components/useSettled";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { PagedList } from "../catalogue/PagedList";
import { admin } from "./queries";

export function Component() {
  const [view, change] = useListView();
  const list = useQuery(admin.tags(useSettled(view.text), view.page, view.per_page));
  return (
    <PagedList
      what="tags"
      columns={["Tag", "Description"]}
      list={list}
      view={view}
      onChange={change}
      searchFor="Search name and description"
      rowKey={({ id }) => id}
      Cells={Cells}
    />
  );
}

const Cells = ({ item: { id, name, description } }: { item: Tag }) => (
  <>
    <td className="wrap">
      <Link to={paths.adminTag(id)}>{name}</Link>
    </td>
    <td className="wrap">{description}</td>
  </>
);
