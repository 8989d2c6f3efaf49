import { Button } from "react-bootstrap";

import { Picker } from "../../../components/Picker";
import { benchmarks } from "../../benchmarks/queries";
import { flavors } from "../../flavors/queries";
import { sites } from "../../sites/queries";
import { TagsInput } from "../../tags/TagsInput";
import type { Adding } from "./AddDialogs";
import type { Draft } from "./draft";

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  onAdd: (what: Adding) => void;
}

/** What ran and where: the pickers, each with a way to add what is missing. */
export function WhatRan({ draft: { benchmark, site, flavor, tags }, onChange, onAdd }: Props) {
  return (
    <fieldset className="mb-3 what-ran">
      <legend>What ran, and where</legend>
      <div>
        <Picker
          label="Benchmark"
          placeholder="Choose a benchmark"
          required
          chosen={benchmark}
          onAdd={() => onAdd("benchmark")}
          search={benchmarks.search}
          onChoose={(id, item) => onChange({ benchmark: item ? { id, name: item.name } : null })}
        />
        <Add what="benchmark" onAdd={onAdd} />
      </div>
      <div>
        <Picker
          label="Site"
          placeholder="Choose a site"
          required
          chosen={site}
          onAdd={() => onAdd("site")}
          search={sites.search}
          onChoose={(id, item) => onChange({ site: item ? { id, name: item.name } : null, flavor: null })}
        />
        <Add what="site" onAdd={onAdd} />
      </div>
      <div>
        <Picker
          label="Flavor"
          placeholder={site ? "Choose a flavor" : "Choose a site first"}
          required
          disabled={!site}
          chosen={flavor}
          onAdd={() => onAdd("flavor")}
          search={(text) => flavors.search(site?.id ?? "", text)}
          onChoose={(id, item) => onChange({ flavor: item ? { id, name: item.name } : null })}
        />
        {site && <Add what="flavor" onAdd={onAdd} />}
      </div>
      <div>
        <TagsInput chosen={tags} onChange={(chosen) => onChange({ tags: chosen })} onAdd={() => onAdd("tag")} />
        <Add what="tag" onAdd={onAdd} />
      </div>
    </fieldset>
  );
}

const Add = ({ what, onAdd }: { what: Adding; onAdd: (what: Adding) => void }) => (
  <Button size="sm" variant="link" className="px-0" onClick={() => onAdd(what)}>
    Add a new {what}…
  </Button>
);
