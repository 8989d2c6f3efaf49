import { useSyncExternalStore } from "react";

import { ErrorNotice } from "./ErrorNotice";

let complaint: Error | undefined;
const listeners = new Set<() => void>();

function complain(error: Error | undefined) {
  complaint = error;
  for (const listener of listeners) listener();
}

/** Does what has no place of its own on the page to say that it failed. */
export const attempt = (work: Promise<unknown>) =>
  void work.then(
    () => complain(undefined),
    (reason: unknown) => complain(reason instanceof Error ? reason : new Error(String(reason))),
  );

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What failed last of what was attempted, in the corner of the screen until it is put away. */
export function Complaints() {
  const error = useSyncExternalStore(subscribe, () => complaint);
  if (!error) return null;
  return (
    <div className="complaints">
      <ErrorNotice error={error} onClose={() => complain(undefined)} />
    </div>
  );
}
