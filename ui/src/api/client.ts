import createClient from "openapi-fetch";

import { problemFrom, unreachable } from "./problem";
import type { paths } from "./schema";
import type { Page } from "./types";

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? "" });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer; everything else is thrown as a Problem. */
export async function ok<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((reason: unknown) => {
    throw unreachable(reason);
  });
  if (!response.ok) throw problemFrom(response, error);
  return data as T;
}

/** A list cut down to the members that `fields` asks for; the API's document can't say which those are. */
export const listed = async <Item>(call: Promise<Answer<unknown>>) => (await ok(call)) as Page<Item>;
