import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";

import type { Row } from "../../../api/types";
import { ErrorNotice } from "../../../components/ErrorNotice";
import { count } from "../../../components/numbers";
import { Title } from "../../../components/Title";
import { paths } from "../../../paths";
import { COMPARE_LIMIT, results } from "../queries";
import { parseView, viewParams } from "../view";
import { Comparison } from "./Comparison";
import { inOrderOf } from "./rows";
import { useCompareView } from "./view";

/** The list with these ticked, narrowed as it was: at least to their benchmark, so that its figures are columns. */
function selecting(items: Row[], params: URLSearchParams): string {
  const known = new Set(items.map(({ benchmark }) => benchmark.id));
  const benchmark_id = known.size === 1 ? [...known][0] : undefined;
  return `${paths.results}?${viewParams({ ...parseView(params), benchmark_id, selected: items.map(({ id }) => id) })}`;
}

export function Component() {
  const [view, query, change] = useCompareView();
  const [params] = useSearchParams();
  const found = useQuery(results.compared(query));
  const { data } = found;
  const items = inOrderOf(data?.items ?? [], view.ids);
  const missing = view.ids.length - items.length;
  return (
    <>
      <Title>Compare</Title>
      <div className="page-head">
        <h1>Compare</h1>
        <span className="text-body-secondary">{data && count(items.length, "result")}</span>
        {items.length > 0 && (
          <Link to={selecting(items, params)}>Change the selection</Link>
        )}
      </div>
      {found.isError && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <div className="panel compare-waiting" aria-busy="true" />}
      {data && missing > 0 && !found.isPlaceholderData && view.ids.length > 0 && (
        <p className="text-body-secondary">
          {count(missing, "result")} of this link {missing === 1 ? "is" : "are"} not listed any more.
        </p>
      )}
      {data && view.ids.length === 0 && data.total > COMPARE_LIMIT && (
        <p className="text-body-secondary">
          These are the first {COMPARE_LIMIT} of {count(data.total, "matching result")}.
        </p>
      )}
      {data && items.length === 0 && (
        <p className="emptiness">
          There is nothing to compare here. <Link to={paths.results}>Select results</Link>, then compare them.
        </p>
      )}
      {items.length > 0 && <Comparison items={items} view={view} onChange={change} />}
    </>
  );
}
