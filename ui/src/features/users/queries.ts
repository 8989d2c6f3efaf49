import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { Problem } from "../../api/problem";
import type { User } from "../../api/types";

/** Who is using this page: nobody known, someone who has not registered yet, or a registered user. */
export type Session = { state: "anonymous" } | { state: "newcomer" } | { state: "registered"; user: User };

async function whoAmI(signal: AbortSignal): Promise<Session> {
  try {
    return { state: "registered", user: await ok(api.GET("/api/v1/users/self", { signal })) };
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return { state: "anonymous" };
    if (error instanceof Problem && error.status === 404) return { state: "newcomer" };
    throw error;
  }
}

export const users = {
  session: () =>
    queryOptions({ queryKey: ["users", "session"], queryFn: ({ signal }) => whoAmI(signal), staleTime: 60_000 }),
};

export const register = () => ok(api.POST("/api/v1/users:register"));

/** A redirect of the answer needs no following: the page asks again who is there. */
export async function logOut(): Promise<void> {
  await fetch("/auth/logout", { method: "POST", redirect: "manual" });
}
