import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { Clamped } from "../../components/Clamped";
import { Failure } from "../../components/ErrorNotice";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { plotTitle } from "../results/plot";
import { PICTURE_LIMIT } from "../results/queries";
import { ResultPlot } from "../results/ResultPlot";
import { defaults, viewParams } from "../results/view";
import { Best } from "./Best";

interface Props {
  benchmark: { id: string; name: string; description?: string | null };
  heading?: string;
}

/** One benchmark across the sites: an answer before any question. */
export function Featured({ benchmark: { id, name, description }, heading = name }: Props) {
  const fields = useQuery(benchmarks.fields(id));
  if (fields.isLoadingError) return <Failure of={fields} />;
  const declared = fields.data?.items ?? [];
  if (fields.data && declared.length === 0) return null;
  return (
    <section className="panel featured-space">
      <div className="panel-head">
        <h2>
          {heading}
          {fields.data && `: ${plotTitle(defaults, declared)}`}
        </h2>
        <Link to={`${paths.results}?${viewParams({ benchmark_id: id })}`}>Explore it</Link>
      </div>
      {description && (
        <div className="text-body-secondary mb-2">
          <Clamped text={description} />
        </div>
      )}
      {fields.data && (
        <div className="featured">
          <ResultPlot selection={{ benchmark_id: id }} fields={declared} settings={defaults} limit={PICTURE_LIMIT} />
          <Best benchmark={id} fields={declared} />
        </div>
      )}
    </section>
  );
}
