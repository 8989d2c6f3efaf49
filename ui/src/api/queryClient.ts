import { MutationCache, onlineManager, QueryCache, QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

/** Refusals are final; a server that is away or overloaded gets two more chances, but not without a network. */
const worthRetrying = (failures: number, error: Error) =>
  failures < 2 && error instanceof Problem && (error.status >= 502 || (error.status === 0 && navigator.onLine));

/** Refused for a login that may have ended: ask again who is there. What only some may see, others are told, is not there. */
const askAgain = (statuses: number[]) => (error: Error) => {
  if (error instanceof Problem && statuses.includes(error.status)) {
    void queryClient.invalidateQueries({ queryKey: ["users", "session"] });
  }
};

// A page may be loaded without a network: that it is back is news then too.
onlineManager.setOnline(navigator.onLine);

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: askAgain([401]) }),
  mutationCache: new MutationCache({ onError: askAgain([401, 403, 404]) }),
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
