import type { Field } from "../../api/types";
import { SearchBox } from "../../components/SearchBox";
import { DatesChoice } from "./DatesChoice";
import { FilterBuilder } from "./FilterBuilder";
import { TagsChoice } from "./TagsChoice";
import type { View } from "./view";

interface Props {
  view: View;
  fields: Field[];
  onChange: (change: Partial<View>) => void;
}

/** What narrows the list beside benchmark, site and flavor: words, filters, tags and dates. */
export function ChoiceBar({ view, fields, onChange }: Props) {
  return (
    <div className="filters">
      <SearchBox label="Search names and tags" value={view.q} onChange={(q) => onChange({ q })} />
      <FilterBuilder filters={view.filters} fields={fields} onChange={(filters) => onChange({ filters })} />
      <TagsChoice ids={view.tags_ids} onChange={(tags_ids) => onChange({ tags_ids })} />
      <DatesChoice view={view} onChange={onChange} />
    </div>
  );
}
