import { QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

/** Refusals are final; a server that is away or overloaded gets two more chances. */
const worthRetrying = (failures: number, error: Error) =>
  failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 502);

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: worthRetrying, refetchOnWindowFocus: false } },
});
