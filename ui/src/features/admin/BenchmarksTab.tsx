import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Named } from "../../api/types";
import { Clamped } from "../../components/Clamped";
import { useSettled } from "../../components/useSettled";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { useListView } from "../catalogue/listView";
import { PagedList, sortable } from "../catalogue/PagedList";

const COLUMNS = [sortable("Benchmark", "docker_image"), "Description"];

export function Component() {
  const [view, change] = useListView();
  const list = useQuery(benchmarks.list(useSettled(view.text), view));
  return (
    <PagedList
      what="benchmarks"
      columns={COLUMNS}
      list={list}
      view={view}
      onChange={change}
      searchFor="Search image, tag and description"
      rowKey={({ id }) => id}
      Cells={Cells}
    />
  );
}

const Cells = ({ item: { id, name, description } }: { item: Named }) => (
  <>
    <td className="wrap">
      <Link to={paths.adminBenchmark(id)}>{name}</Link>
    </td>
    <td className="wrap">
      <Clamped text={description} />
    </td>
  </>
);
