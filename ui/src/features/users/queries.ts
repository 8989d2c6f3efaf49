import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { problemFrom, unreachable } from "../../api/problem";

/** Who uses this browser. Not part of the public API, so typed here. */
export interface Session {
  logged_in: boolean;
  registered: boolean;
  email: string | null;
  is_admin: boolean;
}

async function whoAmI(signal: AbortSignal): Promise<Session> {
  const response = await fetch("/auth/session", { signal }).catch((reason: unknown) => {
    throw unreachable(reason);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemFrom(response, body);
  return body as Session;
}

export const users = {
  session: () =>
    queryOptions({ queryKey: ["users", "session"], queryFn: ({ signal }) => whoAmI(signal), staleTime: 60_000 }),
};

export const register = () => ok(api.POST("/api/v1/users:register"));

/** A redirect of the answer needs no following: the page asks again who is there. */
export async function logOut(): Promise<void> {
  const response = await fetch("/auth/logout", { method: "POST", redirect: "manual" }).catch((reason: unknown) => {
    throw unreachable(reason);
  });
  if (response.status >= 400) throw problemFrom(response, null);
}
