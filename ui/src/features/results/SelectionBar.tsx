import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import type { Named } from "../../api/types";
import { Picker } from "../../components/Picker";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { flavors } from "../flavors/queries";
import { sites } from "../sites/queries";
import { users } from "../users/queries";
import type { View } from "./view";

interface Props {
  view: View;
  onChange: (change: Partial<View>) => void;
}

/** Benchmark, site and flavor: what most people narrow by. */
export function SelectionBar({ view, onChange }: Props) {
  const benchmark = useQuery({ ...benchmarks.one(view.benchmark_id), enabled: view.benchmark_id !== "" });
  const site = useQuery({ ...sites.one(view.site_id), enabled: view.site_id !== "" });
  const flavor = useQuery({ ...flavors.one(view.flavor_id), enabled: view.flavor_id !== "" });
  const { data: session } = useQuery(users.session());
  const go = useNavigate();
  const adding = (path: string) => (session?.registered ? () => void go(path) : undefined);
  return (
    <div className="selection-bar">
      <Picker
        label="Benchmark"
        placeholder="All benchmarks"
        chosen={chosen(view.benchmark_id, benchmark)}
        search={benchmarks.search}
        onChoose={(benchmark_id) => onChange({ benchmark_id })}
        onAdd={adding(paths.submitBenchmark)}
      />
      <Picker
        label="Site"
        placeholder="All sites"
        chosen={chosen(view.site_id, site)}
        search={sites.search}
        onChoose={(site_id) => onChange({ site_id })}
        onAdd={adding(paths.submitSite)}
      />
      <Picker
        label="Flavor"
        placeholder={view.site_id ? "All flavors" : "Choose a site first"}
        disabled={!view.site_id}
        chosen={chosen(view.flavor_id, flavor)}
        search={(text) => flavors.search(view.site_id, text)}
        onChoose={(flavor_id) => onChange({ flavor_id })}
        onAdd={adding(`${paths.submitFlavor}?site_id=${view.site_id}`)}
      />
    </div>
  );
}

function chosen(id: string, { data, isError }: { data?: { name: string }; isError: boolean }): Named | null {
  if (!id) return null;
  return { id, name: data?.name ?? (isError ? "Unknown" : "…") };
}
