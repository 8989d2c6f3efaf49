import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";

import { unreachable } from "../api/problem";
import { ErrorNotice } from "./ErrorNotice";

let parts = 0;

/** A part of the page whose code is loaded when it is first shown; says so when it can't be, and tries again. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  parts += 1;
  const part = queryOptions({
    queryKey: ["part", parts],
    queryFn: () => loaded(load()),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  /** waiting: what holds its place. */
  return function Later({ waiting, failed, ...props }: Props & { waiting: ReactNode; failed?: ReactNode }) {
    const { data: Part, error, refetch } = useQuery(part);
    if (Part) return <Part {...(props as unknown as Props)} />;
    if (!error) return waiting;
    const again = async () => {
      const { isError } = await refetch();
      // The server is there but this file is not: it has a new version of the page.
      if (isError && (await answers())) window.location.reload();
    };
    return (
      <>
        {failed}
        <ErrorNotice error={error} onRetry={() => void again()} />
      </>
    );
  };
}

/** Code that is loaded when it is needed. */
export const loaded = <Code,>(code: Promise<Code>) =>
  code.catch((reason: unknown) => {
    throw unreachable(reason);
  });

const answers = () =>
  fetch("/", { method: "HEAD" }).then(
    ({ ok }) => ok,
    () => false,
  );
