import { MutationCache, onlineManager, QueryCache, QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

/** Refusals are final; a server that is away or overloaded gets two more chances, but not without a network. */
const worthRetrying = (failures: number, error: Error) =>
  failures < 2 && error instanceof Problem && (error.status >= 502 || (error.status === 0 && navigator.onLine));

/** Refused with 401: the login ended, so ask again who is there. */
const onError = (error: Error) => {
  if (error instanceof Problem && error.status === 401) {
    void queryClient.invalidateQueries({ queryKey: ["users", "session"] });
  }
};

// A page may be loaded without a network: that it is back is news then too.
onlineManager.setOnline(navigator.onLine);

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // Without a network they fail and say so, rather than wait without a word; when it is back they ask again.
    queries: {
      networkMode: "always",
      refetchOnReconnect: true,
      staleTime: 30_000,
      retry: worthRetrying,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: "always" },
  },
});
