import type { UseQueryResult } from "@tanstack/react-query";
import type { ComponentProps, ReactNode } from "react";

import { Problem } from "../../api/problem";
import { Failure } from "../../components/ErrorNotice";
import { Title } from "../../components/Title";
import { Missing } from "./Missing";

interface Props<Item> {
  what: string;
  item: UseQueryResult<Item>;
  children: (item: Item) => ReactNode;
}

/** The page of one thing: not there, failed, on its way, or here. */
export function ItemPage<Item>({ what, item, children }: Props<Item>) {
  const { data, error } = item;
  if (error instanceof Problem && (error.status === 404 || error.status === 422)) return <Missing what={what} />;
  if (data === undefined) return error ? <NotShown what={what} of={item} /> : <Waiting what={what} />;
  return (
    <article>
      <Failure of={item} />
      {children(data)}
    </article>
  );
}

/** In place of a page whose thing did not come. */
export const NotShown = ({ what, of }: { what: string; of: ComponentProps<typeof Failure>["of"] }) => (
  <>
    <Title>Not loaded</Title>
    <h1>The {what} was not loaded</h1>
    <Failure of={of} />
  </>
);

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
