import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form } from "react-bootstrap";

import { api, ok } from "../../api/client";
import type { Named } from "../../api/types";
import { ErrorNotice } from "../../components/ErrorNotice";
import { TextField } from "../../components/TextField";
import { useDraft } from "../../components/useDraft";
import { type NewFlavor, submitFlavor } from "../flavors/FlavorForm";
import { RegisteredOnly } from "../users/RegisteredOnly";

interface NewSite {
  name: string;
  address: string;
  description: string;
}

interface Draft extends NewSite {
  flavors: NewFlavor[];
  /** The site once it is stored: what is left are flavors. */
  stored: Named | null;
}

const NO_FLAVOR = { name: "", description: "" };
const BLANK: Draft = { name: "", address: "", description: "", flavors: [NO_FLAVOR], stored: null };

const submitSite = ({ name, address, description }: NewSite) =>
  ok(api.POST("/api/v1/sites", { body: { name, address, description: description || null } }));

/** A new site with its flavors. If one of these is refused, what was stored stays, and the rest can be mended. */
export function SiteForm({ onDone }: { onDone: (site: Named) => void }) {
  const { draft, change, forget } = useDraft("site", BLANK);
  const queryClient = useQueryClient();
  const submission = useMutation({
    mutationFn: async () => {
      const site = draft.stored ?? (await submitSite(draft));
      change({ stored: { id: site.id, name: site.name } });
      const waiting = draft.flavors.filter(({ name }) => name.trim());
      for (const [place, flavor] of waiting.entries()) {
        await submitFlavor(site.id, flavor);
        change({ flavors: waiting.slice(place + 1) });
      }
      return site;
    },
    onSuccess: (site) => {
      forget();
      onDone(site);
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ["sites"] });
      void queryClient.invalidateQueries({ queryKey: ["users"] });
    },
  });
  const ofSite = draft.stored ? null : submission.error;
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        submission.mutate();
      }}
    >
      {draft.stored ? (
        <Alert variant="info">
          The site {draft.stored.name} is stored. Mend the flavors that are left, and submit again.
        </Alert>
      ) : (
        <>
          <TextField
            label="Name"
            member="name"
            required
            maxLength={200}
            placeholder="CESNET-MCC"
            help="As the site calls itself, or as it stands in GOCDB."
            value={draft.name}
            onChange={(name) => change({ name })}
            error={ofSite}
          />
          <TextField
            label="Address"
            member="address"
            required
            maxLength={500}
            placeholder="https://www.metacentrum.cz"
            help="Where people read about it."
            value={draft.address}
            onChange={(address) => change({ address })}
            error={ofSite}
          />
          <TextField
            label="Description"
            member="description"
            maxLength={10_000}
            rows={2}
            value={draft.description}
            onChange={(description) => change({ description })}
            error={ofSite}
          />
        </>
      )}
      <Flavors
        flavors={draft.flavors}
        onChange={(flavors) => change({ flavors })}
        error={draft.stored && submission.error}
      />
      <RegisteredOnly to="submit a site" typed>
        {submission.error && <ErrorNotice error={submission.error} />}
        <Button type="submit" disabled={submission.isPending}>
          Submit for review
        </Button>
      </RegisteredOnly>
    </Form>
  );
}

interface FlavorsProps {
  flavors: NewFlavor[];
  onChange: (flavors: NewFlavor[]) => void;
  /** Of the first one: they are sent in this order. */
  error: Error | null;
}

function Flavors({ flavors, onChange, error }: FlavorsProps) {
  const put = (place: number, patch: Partial<NewFlavor>) =>
    onChange(flavors.map((each, at) => (at === place ? { ...each, ...patch } : each)));
  return (
    <fieldset className="mb-3">
      <legend>Flavors</legend>
      <p className="form-text mt-0">Its machine types that you know; more can be added later.</p>
      {flavors.map((flavor, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- the place is what tells unnamed ones apart
        <div key={place} className="flavor-row">
          <TextField
            label={`Flavor ${place + 1}`}
            member="name"
            required={flavor.description.trim() !== ""}
            maxLength={200}
            placeholder="m1.large"
            value={flavor.name}
            onChange={(name) => put(place, { name })}
            error={place === 0 ? error : null}
          />
          <TextField
            label="Description"
            member="description"
            maxLength={10_000}
            placeholder="4 cores, 8 GB"
            value={flavor.description}
            onChange={(description) => put(place, { description })}
            error={place === 0 ? error : null}
          />
          <Button
            size="sm"
            variant="outline-secondary"
            aria-label={`Remove flavor ${place + 1}`}
            onClick={() => onChange(flavors.filter((_, at) => at !== place))}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button size="sm" variant="outline-secondary" onClick={() => onChange([...flavors, NO_FLAVOR])}>
        + Flavor
      </Button>
    </fieldset>
  );
}
