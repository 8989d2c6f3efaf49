import { Alert, Button } from "react-bootstrap";

import { Problem } from "../api/problem";

/** Titles that only say what the detail says better. */
const BARE = new Set(["Bad request", "Conflict", "Invalid"]);

interface Props {
  error: Error;
  onRetry?: () => void;
  onClose?: () => void;
}

/** What happened, and another try. */
export function ErrorNotice({ error, onRetry, onClose }: Props) {
  const problem = error instanceof Problem ? error : undefined;
  const [first, ...others] = problem?.errors ?? [];
  // The one thing that is wrong is told once.
  const only = others.length === 0 && first?.detail === error.message ? first : undefined;
  const details = first && !only ? [first, ...others] : [];
  const place = only?.parameter ?? only?.pointer;
  const title = problem && BARE.has(problem.title) ? error.message : (problem?.title ?? "Something went wrong");
  return (
    <Alert variant="danger" className="my-2" dismissible={onClose !== undefined} onClose={onClose}>
      <p className="fw-semibold mb-1">
        {place && <code>{place}</code>} {title}
      </p>
      {error.message !== title && <p className="mb-1">{error.message}</p>}
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

interface Failing {
  error: Error | null;
  refetch: () => unknown;
}

/** Why a query failed, and another try; nothing while all is well. What it told before stays beside this. */
export const Failure = ({ of: { error, refetch } }: { of: Failing }) =>
  error && <ErrorNotice error={error} onRetry={() => void refetch()} />;
