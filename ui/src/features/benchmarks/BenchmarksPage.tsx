import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Named } from "../../api/types";
import { Clamped } from "../../components/Clamped";
import { Breakable } from "../../components/Breakable";
import { count } from "../../components/numbers";
import { Title } from "../../components/Title";
import { useSettled } from "../../components/useSettled";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { PagedList, sortable } from "../catalogue/PagedList";
import { viewParams } from "../results/view";
import { benchmarks } from "./queries";

const COLUMNS = [sortable("Image", "docker_image"), "What it does", "Results"];

export function Component() {
  const [view, change] = useListView();
  const list = useQuery(benchmarks.list(useSettled(view.text), view));
  return (
    <>
      <Title>Benchmarks</Title>
      <div className="page-head">
        <h1>Benchmarks</h1>
        <span className="text-body-secondary">{list.data && count(list.data.total, "benchmark")}</span>
        <Link to={paths.submitBenchmark}>Submit a benchmark</Link>
      </div>
      <p className="prose">
        A benchmark is a container image at a fixed tag that prints JSON, and a JSON Schema that says which of its
        figures people compare.
      </p>
      <PagedList
        what="benchmarks"
        columns={COLUMNS}
        list={list}
        view={view}
        onChange={change}
        searchFor="Search image, tag and description"
        rowKey={({ id }) => id}
        Cells={Cells}
        empty={
          <>
            There are no benchmarks yet. <Link to={paths.submitBenchmark}>Submit one</Link>
          </>
        }
      />
    </>
  );
}

function Cells({ item: { id, name, description } }: { item: Named }) {
  return (
    <>
      <td className="wrap">
        <Link to={paths.benchmark(id)}>
          <Breakable text={name} />
        </Link>
      </td>
      <td className="wrap">
        <Clamped text={description} />
      </td>
      <td>
        <Link to={`${paths.results}?${viewParams({ benchmark_id: id })}`}>
          Results<span className="visually-hidden"> of {name}</span>
        </Link>
      </td>
    </>
  );
}
