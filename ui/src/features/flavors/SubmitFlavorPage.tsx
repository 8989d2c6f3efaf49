import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-bootstrap";
import { Link, useSearchParams } from "react-router";

import type { Named } from "../../api/types";
import { ErrorNotice } from "../../components/ErrorNotice";
import { Picker } from "../../components/Picker";
import { Title } from "../../components/Title";
import { WaitsForReview } from "../../components/WaitsForReview";
import { paths } from "../../paths";
import { sites } from "../sites/queries";
import { FlavorForm } from "./FlavorForm";

/** A flavor of a site that is there; the address says which. */
export function Component() {
  const [params, setParams] = useSearchParams();
  const siteId = params.get("site_id") ?? "";
  const site = useQuery({ ...sites.one(siteId), enabled: siteId !== "" });
  const [done, setDone] = useState<Named>();
  return (
    <div className="narrow">
      <Title>Submit a flavor</Title>
      <h1>Submit a flavor</h1>
      {done ? (
        <WaitsForReview what={done.name} to={paths.flavor(done.id)}>
          <Button size="sm" variant="outline-secondary" onClick={() => setDone(undefined)}>
            Submit another
          </Button>
        </WaitsForReview>
      ) : (
        <>
          <p>
            Is its site not there yet? <Link to={paths.submitSite}>Submit the site with its flavors</Link>.
          </p>
          <Picker
            label="Site"
            placeholder="Choose a site"
            chosen={siteId ? { id: siteId, name: site.data?.name ?? "…" } : null}
            search={sites.search}
            onChoose={(id) => setParams(id ? { site_id: id } : {}, { replace: true })}
          />
          {site.isError && <ErrorNotice error={site.error} onRetry={() => void site.refetch()} />}
          <div className="mt-3">{site.data && <FlavorForm site={site.data} onDone={setDone} />}</div>
        </>
      )}
    </div>
  );
}
