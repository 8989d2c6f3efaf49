import { CloseButton } from "react-bootstrap";

import type { Named } from "../../api/types";
import { Picker } from "../../components/Picker";
import { tags } from "./queries";

export type Chosen = Pick<Named, "id" | "name">;

interface Props {
  chosen: Chosen[];
  onChange: (chosen: Chosen[]) => void;
  onAdd?: () => void;
}

export const MOST_TAGS = 20;

/** The tags of a result: chips to remove, and a picker for one more. */
export function TagsInput({ chosen, onChange, onAdd }: Props) {
  const full = chosen.length >= MOST_TAGS;
  return (
    <div>
      <Picker
        label="Tags"
        placeholder={full ? `At most ${MOST_TAGS}` : "Add a tag"}
        disabled={full}
        chosen={null}
        search={tags.search}
        onAdd={onAdd}
        onChoose={(id, tag) => {
          if (tag && chosen.every((each) => each.id !== id)) onChange([...chosen, { id, name: tag.name }]);
        }}
      />
      <div className="tags-chosen">
        {chosen.map(({ id, name }) => (
          <span key={id} className="chip">
            {name}
            <CloseButton
              aria-label={`Remove the tag ${name}`}
              onClick={() => onChange(chosen.filter((each) => each.id !== id))}
            />
          </span>
        ))}
      </div>
    </div>
  );
}
