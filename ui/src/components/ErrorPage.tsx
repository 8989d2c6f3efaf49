import { Button } from "react-bootstrap";
import { isRouteErrorResponse, Link, useRouteError } from "react-router";

import { paths } from "../paths";
import { NotFound } from "./NotFound";
import { Title } from "./Title";

/** What a page that broke leaves behind: what happened, and ways out. */
export function ErrorPage() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <div className="py-5">
      <Title>Something went wrong</Title>
      <h1>This page broke</h1>
      <p>{error instanceof Error ? error.message : "Something unexpected happened."}</p>
      <Button onClick={() => window.location.reload()}>Load it again</Button>{" "}
      <Link className="btn btn-outline-secondary" to={paths.home} reloadDocument>
        To the start page
      </Link>
    </div>
  );
}
