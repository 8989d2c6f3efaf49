import { Alert, Button } from "react-bootstrap";

import { Problem } from "../api/problem";

/** What happened, and another try. */
export function ErrorNotice({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const problem = error instanceof Problem ? error : undefined;
  const details = problem?.errors ?? [];
  return (
    <Alert variant="danger" className="my-2">
      <p className="fw-semibold mb-1">{problem?.title ?? "Something went wrong"}</p>
      {error.message !== problem?.title && <p className="mb-1">{error.message}</p>}
      {details.length > 0 && (
        <ul className="mb-1">
          {details.map(({ parameter, pointer, detail }) => (
            <li key={`${parameter ?? pointer} ${detail}`}>
              {(parameter ?? pointer) && <code>{parameter ?? pointer}</code>} {detail}
            </li>
          ))}
        </ul>
      )}
      {onRetry && (
        <Button size="sm" variant="outline-danger" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
