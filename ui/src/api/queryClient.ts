import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

/** Refusals are final; a server that is away or overloaded gets two more chances. */
const worthRetrying = (failures: number, error: Error) =>
  failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 502);

/** Refused with 401: the login ended, so ask again who is there. */
const onError = (error: Error) => {
  if (error instanceof Problem && error.status === 401) {
    void queryClient.invalidateQueries({ queryKey: ["users", "session"] });
  }
};

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { staleTime: 30_000, retry: worthRetrying, refetchOnWindowFocus: false } },
});
