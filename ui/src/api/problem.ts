export interface ProblemDetail {
  pointer?: string;
  parameter?: string;
  detail: string;
}

/** What the server (or the network) refused, in words for a person. Status 0: no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: ProblemDetail[];

  constructor(status: number, title: string, detail = "", errors: ProblemDetail[] = []) {
    super(detail || title);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.errors = errors;
  }
}

/** From an RFC 9457 document, or from whatever a proxy answered instead of one. */
export function problemFrom(response: Response, body: unknown): Problem {
  const document = typeof body === "object" && body !== null ? (body as Partial<Problem> & { detail?: string }) : {};
  const title = document.title ?? (response.statusText || `The server answered ${response.status}`);
  return new Problem(response.status, title, document.detail, document.errors);
}

/** No answer came. What asked may have been given up, which is no problem: that error stays as it is. */
export function unreachable(reason: unknown): unknown {
  if (reason instanceof DOMException && reason.name === "AbortError") return reason;
  if (!navigator.onLine) return new Problem(0, "You are offline", "Nothing is lost: try again when the network is back.");
  return new Problem(0, "The server can't be reached", "Check your network connection, then try again.");
}
