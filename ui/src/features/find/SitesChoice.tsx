import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, CloseButton, Form } from "react-bootstrap";

import { Picker } from "../../components/Picker";
import { SiteMark } from "../sites/SiteMark";
import { sites } from "../sites/queries";
import type { Question } from "./question";

interface Props {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}

/** As many as can be looked through without a search. */
const FEW = 12;
/** More are not listed, but searched for one by one; also as many as a question can name. */
const MOST = 100;

/** Which sites take part. */
export function SitesChoice({ question, onChange }: Props) {
  const [text, setText] = useState("");
  const known = useQuery(sites.list("", { page: 1, per_page: MOST }));
  const { site_ids: only, exclude_site_ids: without } = question;
  const all = only.length === 0 && without.length === 0;
  const listed = known.data?.items ?? [];
  const chosen = ({ id }: { id: string }) => (only.length > 0 ? only.includes(id) : !without.includes(id));
  const found = listed.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <fieldset>
      <legend>Where?</legend>
      {known.data && known.data.total > MOST ? (
        <ManySites question={question} onChange={onChange} />
      ) : (
        <>
          {listed.length > FEW && (
            <div className="sites-search">
              <Form.Control
                size="sm"
                type="search"
                aria-label="Search sites"
                placeholder={`Search ${listed.length} sites`}
                value={text}
                onChange={({ target }) => setText(target.value)}
              />
              <small className="text-body-secondary" aria-live="polite">
                {text.trim() ? `${found.length} found` : `${listed.filter(chosen).length} of ${listed.length} chosen`}
              </small>
              {text.trim() && found.length > 0 && (
                <Button
                  size="sm"
                  variant="link"
                  className="p-0"
                  onClick={() => onChange({ site_ids: found.map(({ id }) => id), exclude_site_ids: [] })}
                >
                  only {found.length === 1 ? "this" : `these ${found.length}`}
                </Button>
              )}
            </div>
          )}
          <ul className={listed.length > FEW ? "sites-choice is-long" : "sites-choice"}>
            {found.map(({ id, name }) => (
              <li key={id}>
                <Form.Check
                  type="checkbox"
                  id={`site ${id}`}
                  label={
                    <>
                      <SiteMark site={id} /> {name}
                    </>
                  }
                  checked={chosen({ id })}
                  onChange={({ target }) => onChange(toggled(question, id, target.checked))}
                />
                <Button size="sm" variant="link" aria-label={`Only ${name}`} onClick={() => onChange({ site_ids: [id], exclude_site_ids: [] })}>
                  only
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {!all && (
        <Button size="sm" variant="link" className="px-0" onClick={() => onChange({ site_ids: [], exclude_site_ids: [] })}>
          All sites
        </Button>
      )}
    </fieldset>
  );
}

function toggled({ site_ids: only, exclude_site_ids: without }: Question, id: string, wanted: boolean): Partial<Question> {
  if (only.length > 0) {
    const left = wanted ? [...only, id] : only.filter((each) => each !== id);
    return left.length > 0 ? { site_ids: left } : { site_ids: [], exclude_site_ids: [id] };
  }
  return { exclude_site_ids: wanted ? without.filter((each) => each !== id) : [...without, id] };
}

function ManySites({ question: { site_ids: only, exclude_site_ids: without }, onChange }: Props) {
  return (
    <>
      <SiteList label="Only" chosen={only} onChange={(site_ids) => onChange({ site_ids })} />
      <SiteList label="Without" chosen={without} onChange={(exclude_site_ids) => onChange({ exclude_site_ids })} />
    </>
  );
}

function SiteList({ label, chosen, onChange }: { label: string; chosen: string[]; onChange: (ids: string[]) => void }) {
  const named = useQueries({ queries: chosen.map((id) => sites.one(id)) });
  return (
    <div className="sites-many">
      <Picker
        label={label}
        placeholder="Search sites"
        chosen={null}
        search={sites.search}
        onChoose={(id) => id && !chosen.includes(id) && onChange([...chosen, id])}
      />
      {chosen.map((id, place) => (
        <span key={id} className="chip">
          <SiteMark site={id} /> {named[place]?.data?.name ?? "…"}
          <CloseButton aria-label={`Remove ${named[place]?.data?.name ?? "site"}`} onClick={() => onChange(chosen.filter((each) => each !== id))} />
        </span>
      ))}
    </div>
  );
}
