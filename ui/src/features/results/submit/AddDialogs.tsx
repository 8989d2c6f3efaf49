import { useState } from "react";

import type { Named } from "../../../api/types";
import { AddDialog } from "../../../components/AddDialog";
import { WaitsForReview } from "../../../components/WaitsForReview";
import { paths } from "../../../paths";
import { BenchmarkForm } from "../../benchmarks/BenchmarkForm";
import { FlavorForm } from "../../flavors/FlavorForm";
import { SiteForm } from "../../sites/SiteForm";
import { TagForm } from "../../tags/TagForm";

export type Adding = "benchmark" | "site" | "flavor" | "tag";

interface Props {
  adding: Adding | undefined;
  site: Named | null;
  onTag: (tag: Named) => void;
  onLeave: () => void;
}

const TITLES = { benchmark: "New benchmark", site: "New site", flavor: "New flavor", tag: "New tag" };

/** What one finds missing while one submits a result. All but tags wait for review first. */
export function AddDialogs({ adding, site, onTag, onLeave }: Props) {
  const [done, setDone] = useState<{ what: string; to: string }>();
  const leave = () => {
    setDone(undefined);
    onLeave();
  };
  const size = adding === "benchmark" ? "xl" : undefined;
  return (
    <AddDialog title={adding ? TITLES[adding] : ""} show={adding !== undefined} onHide={leave} size={size}>
      {done ? (
        <WaitsForReview {...done}>
          <span>What you typed behind this dialog stays in this tab.</span>
        </WaitsForReview>
      ) : (
        <>
          {adding !== "tag" && (
            <p className="text-body-secondary">
              An admin looks at it before it takes results: your result can follow once it is approved.
            </p>
          )}
          {adding === "benchmark" && (
            <BenchmarkForm onDone={({ id, name }) => setDone({ what: name, to: paths.benchmark(id) })} />
          )}
          {adding === "site" && <SiteForm onDone={({ id, name }) => setDone({ what: name, to: paths.site(id) })} />}
          {adding === "flavor" && site && (
            <FlavorForm site={site} onDone={({ id, name }) => setDone({ what: name, to: paths.flavor(id) })} />
          )}
          {adding === "tag" && (
            <TagForm
              onDone={(tag) => {
                onTag(tag);
                leave();
              }}
            />
          )}
        </>
      )}
    </AddDialog>
  );
}
