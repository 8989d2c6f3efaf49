import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Problem } from "../../api/problem";
import { ErrorNotice } from "../../components/ErrorNotice";
import { NotFound } from "../../components/NotFound";

interface Props<Item> {
  what: string;
  item: UseQueryResult<Item>;
  children: (item: Item) => ReactNode;
}

/** The page of one thing: not there, failed, on its way, or here. */
export function ItemPage<Item>({ what, item: { data, error, refetch }, children }: Props<Item>) {
  if (error instanceof Problem && (error.status === 404 || error.status === 422)) return <NotFound what={what} />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Waiting what={what} />;
  return <article>{children(data)}</article>;
}

export const Waiting = ({ what }: { what: string }) => (
  <div aria-busy="true">
    <p className="visually-hidden">Loading the {what}</p>
    <p className="placeholder-glow fs-3" aria-hidden="true">
      <span className="placeholder w-25" />
    </p>
    <div className="panel placeholder-glow" aria-hidden="true">
      <p className="mb-5">
        <span className="placeholder w-75" /> <span className="placeholder w-50" />
      </p>
    </div>
  </div>
);
