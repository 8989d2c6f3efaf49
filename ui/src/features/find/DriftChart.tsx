import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { Drift } from "../../api/types";
import { driftOption } from "../../charts/drift";
import { mark } from "../../charts/marks";
import { ErrorNotice } from "../../components/ErrorNotice";
import { later } from "../../components/later";
import { useTheme } from "../../theme";
import { sites } from "../sites/queries";
import { find } from "./queries";

const Picture = later(async () => (await import("../../charts/Picture")).default);
const WAITING = <div className="picture picture-low" />;

/** How a metric of a candidate went over time, in words and as a picture. */
export function DriftChart({ address, title }: { address: string; title: string }) {
  const { data, error, refetch } = useQuery(find.drift(address));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <div className="picture picture-low" aria-busy="true" />;
  return (
    <div>
      <p className="mb-1">{data.summary}</p>
      {data.points.length > 1 && <Drawn drift={data} title={title} />}
    </div>
  );
}

function Drawn({ drift, title }: { drift: Drift; title: string }) {
  const theme = useTheme();
  const order = useQuery(sites.inOrder());
  const { colour } = mark(order.data?.indexOf(drift.site.id) ?? 0, theme);
  const option = useMemo(() => {
    const { points, segments, changes, trend, unit } = drift;
    return driftOption({ points, segments, changes, trend, colour, title: unit ? `${title} (${unit})` : title }, theme);
  }, [drift, title, colour, theme]);
  return (
    <Picture
      low
      waiting={WAITING}
      option={option}
      label={`Plot: ${title} over time at ${drift.site.name} ${drift.flavor.name}`}
    />
  );
}
