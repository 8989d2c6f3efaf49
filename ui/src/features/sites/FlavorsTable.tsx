import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { Link, useParams } from "react-router";

import type { Flavor } from "../../api/types";
import { Clamped } from "../../components/Clamped";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { type ListColumn, PagedList, sortable } from "../catalogue/PagedList";
import { flavors } from "../flavors/queries";
import { viewParams } from "../results/view";

interface Props {
  site: string;
  columns?: ListColumn[];
  Cells?: ComponentType<{ item: Flavor }>;
}

const COLUMNS = [sortable("Flavor", "name"), sortable("Description", "description"), "Results"];

/** The machine types of a site. */
export function FlavorsTable({ site, columns = COLUMNS, Cells = FlavorCells }: Props) {
  const [view, change] = useListView("flavors_");
  const list = useQuery(flavors.list(site, view));
  return (
    <PagedList
      what="flavors"
      columns={columns}
      list={list}
      view={view}
      onChange={change}
      rowKey={({ id }) => id}
      Cells={Cells}
    />
  );
}

/** Of the site whose page this is. */
function FlavorCells({ item: { id, name, description } }: { item: Flavor }) {
  const { id: site_id = "" } = useParams();
  return (
    <>
      <td>
        <Link to={paths.flavor(id)}>{name}</Link>
      </td>
      <td className="wrap">
        <Clamped text={description} />
      </td>
      <td>
        <Link to={`${paths.results}?${viewParams({ site_id, flavor_id: id })}`}>
          Results<span className="visually-hidden"> of {name}</span>
        </Link>
      </td>
    </>
  );
}
