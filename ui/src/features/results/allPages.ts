import { listed } from "../../api/client";

export interface Progress {
  done: number;
  total: number;
}

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** The cursor of the following page in a `Link` header, if there is one. */
export function nextCursor(link: string | null): string | undefined {
  const address = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  return (address && new URLSearchParams(address.split("?")[1]).get("after")) || undefined;
}

/** Follows cursors until the list ends or `limit` items are here. `total` says how many there are. */
export async function allPages<Item>(
  load: (after: string | undefined) => Promise<Answer>,
  limit: number,
  tell: (progress: Progress) => void,
) {
  const items: Item[] = [];
  let total = 0;
  let after: string | undefined;
  do {
    const answer = load(after);
    const page = await listed<Item>(answer);
    items.push(...page.items);
    total = after === undefined ? page.total : total;
    tell({ done: items.length, total });
    after = page.items.length > 0 ? nextCursor((await answer).response.headers.get("link")) : undefined;
  } while (after !== undefined && items.length < limit);
  return { items: items.slice(0, limit), total };
}
