import type { ReactNode } from "react";
import { Alert } from "react-bootstrap";
import { Link } from "react-router";

import { paths } from "../paths";
import { focus } from "./focus";

interface Props {
  /** What was submitted: "The site EGI-1". */
  what: string;
  /** Its page. */
  to: string;
  children?: ReactNode;
}

/** What becomes of a submission, told after it was stored. */
export const WaitsForReview = ({ what, to, children }: Props) => (
  <Alert variant="success">
    <p className="mb-2">
      <strong>{what} was submitted.</strong> An admin looks at it; you get a mail with the decision. It takes results
      once it is approved.
    </p>
    <div className="d-flex flex-wrap gap-2 align-items-center">
      <Link ref={focus} to={to}>
        Look at it
      </Link>
      <Link to={paths.me}>What else waits for review</Link>
      {children}
    </div>
  </Alert>
);
