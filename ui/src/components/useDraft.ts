import { useEffect, useState } from "react";

const PREFIX = "draft ";

/** What someone types into the form `name`: kept in this tab through reloads, errors and logins, until forgotten. */
export function useDraft<Draft extends object>(name: string, blank: Draft) {
  const [typed, setTyped] = useState<Partial<Draft> | undefined>(() => kept<Draft>(name));
  useEffect(() => keep(name, typed), [name, typed]);
  return {
    draft: { ...blank, ...typed },
    change: (patch: Partial<Draft>) => setTyped((now) => ({ ...now, ...patch })),
    /** rest: what the next form begins with. */
    forget: (rest?: Partial<Draft>) => setTyped(rest),
  };
}

/** For when somebody leaves: the next person at this screen is another. */
export function forgetDrafts() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

function kept<Draft>(name: string): Partial<Draft> | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "null");
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is beyond what the browser stores, lives until the page goes: the longest text, as a rule. */
function keep(name: string, draft: object | undefined) {
  sessionStorage.removeItem(PREFIX + name);
  const members = Object.entries(draft ?? {}).map(([member, value]) => [member, value, JSON.stringify(value)?.length ?? 0] as const);
  const shortestFirst = members.toSorted(([, , a], [, , b]) => a - b);
  while (shortestFirst.length > 0) {
    try {
      sessionStorage.setItem(PREFIX + name, JSON.stringify(Object.fromEntries(shortestFirst)));
      return;
    } catch {
      shortestFirst.pop();
    }
  }
}
