import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Site } from "../../api/types";
import { Clamped } from "../../components/Clamped";
import { count } from "../../components/numbers";
import { Title } from "../../components/Title";
import { useSettled } from "../../components/useSettled";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { Outside } from "../catalogue/Outside";
import { PagedList, sortable } from "../catalogue/PagedList";
import { viewParams } from "../results/view";
import { sites } from "./queries";
import { SiteMark } from "./SiteMark";

const COLUMNS = [sortable("Site", "name"), sortable("Address", "address"), "Description", "Results"];

export function Component() {
  const [view, change] = useListView();
  const list = useQuery(sites.list(useSettled(view.text), view));
  return (
    <>
      <Title>Sites</Title>
      <div className="page-head">
        <h1>Sites</h1>
        <span className="text-body-secondary">{list.data && count(list.data.total, "site")}</span>
        <Link to={paths.submitSite}>Submit a site</Link>
      </div>
      <p className="prose">A site is a provider of computing, a cloud or an HPC centre. Flavors are the machine types it offers.</p>
      <PagedList
        what="sites"
        columns={COLUMNS}
        list={list}
        view={view}
        onChange={change}
        searchFor="Search name, address and description"
        rowKey={({ id }) => id}
        Cells={Cells}
        empty={
          <>
            There are no sites yet. <Link to={paths.submitSite}>Submit one</Link>
          </>
        }
      />
    </>
  );
}

function Cells({ item: { id, name, address, description } }: { item: Site }) {
  return (
    <>
      <td>
        <SiteMark site={id} /> <Link to={paths.site(id)}>{name}</Link>
      </td>
      <td className="wrap">
        <Outside href={address} />
      </td>
      <td className="wrap">
        <Clamped text={description} />
      </td>
      <td>
        <Link to={`${paths.results}?${viewParams({ site_id: id })}`}>
          Results<span className="visually-hidden"> of {name}</span>
        </Link>
      </td>
    </>
  );
}
