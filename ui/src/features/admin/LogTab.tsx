import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Event, Page } from "../../api/types";
import { RelativeTime } from "../../components/RelativeTime";
import { paths } from "../../paths";
import { useListView } from "../catalogue/listView";
import { PagedList } from "../catalogue/PagedList";
import { Restore } from "../results/Restore";
import { admin } from "./queries";

/** An event, with whether it is the last that its thing has seen. */
type Line = Event & { last: boolean };

/** The newest first, as the API sorts them. */
const lines = (page: Page<Event>): Page<Line> => ({
  ...page,
  items: page.items.map((event, place) => ({
    ...event,
    last: !page.items.slice(0, place).some(({ resource_id: id }) => id === event.resource_id),
  })),
});

export function Component() {
  const [view, change] = useListView();
  const list = useQuery({ ...admin.log(view.page, view.per_page), select: lines });
  return (
    <PagedList
      what="decisions"
      columns={["When", "Who", "What", "Of", "Reason"]}
      list={list}
      view={view}
      onChange={change}
      rowKey={({ at, resource_id, action }) => `${at} ${resource_id} ${action}`}
      Cells={Cells}
    />
  );
}

const DONE: Record<string, string> = {
  approve: "approved",
  reject: "rejected",
  edit: "edited",
  delete: "deleted",
  withdraw: "withdrew",
  restore: "restored",
  remove: "removed",
};

function Cells({ item: { at, actor, action, reason, last, ...thing } }: { item: Line }) {
  return (
    <>
      <td>
        <RelativeTime at={at} />
      </td>
      <td>{actor?.email ?? <span className="text-body-secondary">someone who left</span>}</td>
      <td>{DONE[action] ?? action}</td>
      <td className="wrap">
        <Thing {...thing} gone={action === "reject" || action === "delete"} />
        {last && action === "withdraw" && <Restore id={thing.resource_id} />}
      </td>
      <td className="wrap">{reason}</td>
    </>
  );
}

const PAGES: Record<string, (id: string) => string> = {
  benchmark: paths.benchmark,
  site: paths.site,
  flavor: paths.flavor,
  tag: paths.adminTag,
  result: paths.result,
};

function Thing({ resource_type: kind, resource_id: id, name, gone }: Pick<Event, "resource_type" | "resource_id" | "name"> & { gone: boolean }) {
  const page = PAGES[kind]?.(id);
  const words = name ?? id.slice(0, 8);
  return (
    <>
      {kind} {page && !gone ? <Link to={page}>{words}</Link> : words}
    </>
  );
}
