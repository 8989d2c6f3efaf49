import { useState } from "react";
import { Button } from "react-bootstrap";
import { Link } from "react-router";

import type { Named } from "../../api/types";
import { Title } from "../../components/Title";
import { WaitsForReview } from "../../components/WaitsForReview";
import { paths } from "../../paths";
import { SiteForm } from "./SiteForm";

export function Component() {
  const [done, setDone] = useState<Named>();
  return (
    <div className="narrow">
      <Title>Submit a site</Title>
      <h1>Submit a site</h1>
      {done ? (
        <WaitsForReview what={done.name} to={paths.site(done.id)}>
          <Button size="sm" variant="outline-secondary" onClick={() => setDone(undefined)}>
            Submit another
          </Button>
        </WaitsForReview>
      ) : (
        <>
          <p>
            A provider of computing: a cloud or an HPC centre. Is it there already?{" "}
            <Link to={paths.submitFlavor}>Submit a flavor of it</Link>.
          </p>
          <SiteForm onDone={setDone} />
        </>
      )}
    </div>
  );
}
