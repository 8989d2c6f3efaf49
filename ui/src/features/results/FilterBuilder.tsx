import { useState } from "react";
import { Button, CloseButton } from "react-bootstrap";

import type { Field } from "../../api/types";
import { FilterForm } from "./FilterForm";
import { describeFilter, type Filter, formatFilter, parseFilter } from "./filters";
import { inReadingOrder } from "./fields";
import { MAX_FILTERS } from "./view";

interface Props {
  filters: string[];
  fields: Field[];
  onChange: (filters: string[]) => void;
}

/** The JSON filters in force as chips, and a form for one more or for changing one. */
export function FilterBuilder({ filters, fields, onChange }: Props) {
  const [editing, setEditing] = useState<number>();
  const first = inReadingOrder(fields)[0]?.path ?? "";
  const blank: Filter = { path: first, operator: "==", value: "" };
  const edited = editing === undefined ? undefined : filters[editing];
  const save = (filter: Filter) => {
    const place = editing ?? filters.length;
    onChange([...filters.slice(0, place), formatFilter(filter), ...filters.slice(place + 1)]);
    setEditing(undefined);
  };
  return (
    <>
      {filters.map((text, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- the same filter may be there twice
        <span key={`${place} ${text}`} className={`chip ${place === editing ? "chip-active" : ""}`}>
          <button type="button" title="Change this filter" onClick={() => setEditing(place)}>
            {describeFilter(text, fields)}
          </button>
          <CloseButton
            aria-label={`Remove the filter ${text}`}
            onClick={() => {
              setEditing(undefined);
              onChange(filters.filter((_, each) => each !== place));
            }}
          />
        </span>
      ))}
      {editing === undefined ? (
        <Button
          size="sm"
          variant="outline-secondary"
          disabled={filters.length >= MAX_FILTERS}
          onClick={() => setEditing(filters.length)}
        >
          + Filter
        </Button>
      ) : (
        <FilterForm
          key={editing}
          start={parseFilter(edited ?? "") ?? blank}
          fields={fields}
          onSave={save}
          onLeave={() => setEditing(undefined)}
        />
      )}
    </>
  );
}
