import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { Button, CloseButton } from "react-bootstrap";

import { Picker } from "../../components/Picker";
import { tags } from "../tags/queries";
import { MOST_TAGS } from "../tags/TagsInput";

interface Props {
  ids: string[];
  onChange: (ids: string[]) => void;
}

/** Tags that must all be on a result, as chips, and a picker for one more. */
export function TagsChoice({ ids, onChange }: Props) {
  const [adding, setAdding] = useState(false);
  const known = useQueries({ queries: ids.map((id) => tags.one(id)) });
  const nameOf = (place: number) => known[place]?.data?.name ?? (known[place]?.isError ? "an unknown tag" : "…");
  const add = (id: string) => {
    setAdding(false);
    if (id && !ids.includes(id)) onChange([...ids, id]);
  };
  return (
    <>
      {ids.map((id, place) => (
        <span key={id} className="chip">
          tagged {nameOf(place)}
          <CloseButton
            aria-label={`Remove the choice of tag ${nameOf(place)}`}
            onClick={() => onChange(ids.filter((each) => each !== id))}
          />
        </span>
      ))}
      {adding ? (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape in any part of it leaves it
        <div className="tag-choice" onKeyDown={(event) => event.key === "Escape" && setAdding(false)}>
          <Picker label="Tag" hideLabel autoFocus placeholder="Find a tag" chosen={null} search={tags.search} onChoose={add} />
          <Button size="sm" variant="link" onClick={() => setAdding(false)}>
            Cancel
          </Button>
        </div>
      ) : (
        <Button
          size="sm"
          variant="outline-secondary"
          disabled={ids.length >= MOST_TAGS}
          onClick={() => setAdding(true)}
        >
          + Tag
        </Button>
      )}
    </>
  );
}
