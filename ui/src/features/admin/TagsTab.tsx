import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Tag } from "../../api/types";
import { Clamped } from "../../components/Clamped";
import { useSettled } from "../../components/useSettled";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { PagedList, sortable } from "../catalogue/PagedList";
import { admin } from "./queries";

const COLUMNS = [sortable("Tag", "name"), sortable("Description", "description")];

export function Component() {
  const [view, change] = useListView();
  const list = useQuery(admin.tags(useSettled(view.text), view));
  return (
    <PagedList
      what="tags"
      columns={COLUMNS}
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
    <td className="wrap">
      <Clamped text={description} />
    </td>
  </>
);
