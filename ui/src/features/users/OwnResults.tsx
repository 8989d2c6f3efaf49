import { useQuery } from "@tanstack/react-query";
import { Badge } from "react-bootstrap";
import { Link } from "react-router";

import { Breakable } from "../../components/Breakable";
import { RelativeTime } from "../../components/RelativeTime";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { PagedList } from "../catalogue/PagedList";
import { own, type OwnResult } from "./own";

/** My results; those that others no longer see are marked. */
export function OwnResults() {
  const [view, change] = useListView();
  const list = useQuery(own.results({ page: view.page, per_page: view.per_page }));
  return (
    <PagedList
      what="Own results"
      columns={["Flavor", "Site", "Benchmark", "Executed", "Uploaded", "State"]}
      list={list}
      view={view}
      onChange={change}
      rowKey={({ id }) => id}
      empty={
        <>
          You have not submitted a result yet. <Link to={paths.submitResult}>Submit one</Link>.
        </>
      }
      Cells={Cells}
    />
  );
}

function Cells({ item }: { item: OwnResult }) {
  return (
    <>
      <td>
        <Link to={paths.result(item.id)}>{item.flavor.name}</Link>
      </td>
      <td className="wrap">{item.site.name}</td>
      <td className="wrap">
        <Breakable text={item.benchmark.name} />
      </td>
      <td>
        <RelativeTime at={item.execution_datetime} />
      </td>
      <td>
        <RelativeTime at={item.upload_datetime} />
      </td>
      <td>
        <State result={item} />
      </td>
    </>
  );
}

function State({ result: { withdrawn, claims_open } }: { result: OwnResult }) {
  if (withdrawn) return <Badge bg="secondary">withdrawn: hidden from others</Badge>;
  if (claims_open > 0) {
    return (
      <Badge bg="warning" text="dark">
        someone objected
      </Badge>
    );
  }
  return "listed";
}
