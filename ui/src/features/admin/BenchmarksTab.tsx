import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Named } from "../../api/types";
import { useSettled } from "../../components/useSettled";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { useListView } from "../catalogue/listView";
import { PagedList } from "../catalogue/PagedList";

export function Component() {
  const [view, change] = useListView();
  const list = useQuery(benchmarks.list(useSettled(view.text), view.page, view.per_page));
  return (
    <PagedList
      what="benchmarks"
      columns={["Benchmark", "Description"]}
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
    <td className="wrap">{description}</td>
  </>
);
