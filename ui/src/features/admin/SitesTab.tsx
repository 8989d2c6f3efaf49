import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Site } from "../../api/types";
import { Clamped } from "../../components/Clamped";
import { useSettled } from "../../components/useSettled";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { PagedList, sortable } from "../catalogue/PagedList";
import { sites } from "../sites/queries";

const COLUMNS = [sortable("Site", "name"), sortable("Address", "address"), "Description"];

export function Component() {
  const [view, change] = useListView();
  const list = useQuery(sites.list(useSettled(view.text), view));
  return (
    <PagedList
      what="sites"
      columns={COLUMNS}
      list={list}
      view={view}
      onChange={change}
      searchFor="Search name, address and description"
      rowKey={({ id }) => id}
      Cells={Cells}
    />
  );
}

const Cells = ({ item: { id, name, address, description } }: { item: Site }) => (
  <>
    <td>
      <Link to={paths.adminSite(id)}>{name}</Link>
    </td>
    <td className="wrap">{address}</td>
    <td className="wrap">
      <Clamped text={description} />
    </td>
  </>
);
