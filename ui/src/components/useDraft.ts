import { useEffect, useState } from "react";

const PREFIX = "draft ";

/** What someone types into the form `name`: kept in this tab through reloads, errors and logins, until forgotten. */
export function useDraft<Draft extends object>(name: string, blank: Draft, start: Partial<Draft> = {}) {
  const [draft, setDraft] = useState<Draft>(() => ({ ...blank, ...kept<Draft>(name), ...start }));
  useEffect(() => keep(name, draft), [name, draft]);
  return {
    draft,
    change: (patch: Partial<Draft>) => setDraft((now) => ({ ...now, ...patch })),
    forget: (rest: Partial<Draft> = {}) => setDraft({ ...blank, ...rest }),
  };
}

/** For when somebody leaves: the next person at this screen is another. */
export function forgetDrafts() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

function kept<Draft>(name: string): Partial<Draft> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** A draft beyond what the browser stores lives until the page goes. */
function keep(name: string, draft: object) {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(draft));
  } catch {
    sessionStorage.removeItem(PREFIX + name);
  }
}
