import type { ReactNode } from "react";
import { Link } from "react-router";

import { paths } from "../paths";
import { Title } from "./Title";

export function NotFound({ what = "page", children }: { what?: string; children?: ReactNode }) {
  return (
    <div className="py-5">
      <Title>Not found</Title>
      <h1>There is no such {what}</h1>
      <p>It may have been removed, or the address has a mistake.</p>
      {children}
      <Link className="btn btn-primary" to={paths.results}>
        All results
      </Link>
    </div>
  );
}
