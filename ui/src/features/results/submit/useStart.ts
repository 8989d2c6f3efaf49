import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router";

import { benchmarks } from "../../benchmarks/queries";
import { flavors } from "../../flavors/queries";
import type { Draft } from "./draft";

/** Begins the form with the benchmark and the flavor that the address names, as links of their pages do. */
export function useStart(draft: Draft, change: (patch: Partial<Draft>) => void) {
  const [params, setParams] = useSearchParams();
  const queryClient = useQueryClient();
  const benchmarkId = params.get("benchmark_id");
  const flavorId = params.get("flavor_id");
  useEffect(() => {
    if (!benchmarkId && !flavorId) return;
    setParams({}, { replace: true });
    const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
    if (benchmarkId && benchmarkId !== draft.benchmark?.id) {
      void queryClient
        .fetchQuery(benchmarks.one(benchmarkId))
        .then((benchmark) => change({ benchmark: named(benchmark) }), ignore);
    }
    if (flavorId && flavorId !== draft.flavor?.id) {
      void queryClient
        .fetchQuery(flavors.placed(flavorId))
        .then((flavor) => change({ flavor: named(flavor), site: named(flavor.site) }), ignore);
    }
  });
}

/** A link to what is gone: one chooses oneself. */
const ignore = () => undefined;
