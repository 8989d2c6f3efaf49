import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { Scaling } from "../../api/types";
import { mark } from "../../charts/marks";
import { type Curve, speedupOption, type SpeedupPoint } from "../../charts/speedup";
import { later } from "../../components/later";
import { useTheme } from "../../theme";
import { sites } from "../sites/queries";

const Picture = later(async () => (await import("../../charts/Picture")).default);
const WAITING = <div className="picture" />;

type Bound = number | null | undefined;

const pointOf = (at: number, value: number, low: Bound, high: Bound): SpeedupPoint => ({ at, value, low: low ?? undefined, high: high ?? undefined });

/** Speedup and efficiency, as measured, as fitted, and as they would ideally be. */
export function ScalingPictures({ scaling, x }: { scaling: Scaling; x: string }) {
  const theme = useTheme();
  const order = useQuery(sites.inOrder());
  const { colour } = mark(order.data?.indexOf(scaling.site.id) ?? 0, theme);
  const drawings = useMemo(() => {
    const { points, laws } = scaling;
    const [least, most] = [points[0]?.at ?? 1, points.at(-1)?.at ?? 1];
    const ideal: Curve = { name: "Ideal", dash: "dotted", points: [[least, least], [most, most]] };
    const fitted = laws.map(({ name, curve }, place): Curve => ({ name, dash: place === 0 ? "dashed" : "solid", points: curve as [number, number][] }));
    const curves = [ideal, ...fitted];
    const efficient = curves.map(({ name, dash, points: each }) => ({ name, dash, points: each.map(([at, speedup]): [number, number] => [at, speedup / at]) }));
    const speedups = points.map(({ at, speedup: value, speedup_low: low, speedup_high: high }) => pointOf(at, value, low, high));
    const efficiencies = points.map(({ at, efficiency: value, efficiency_low: low, efficiency_high: high }) => pointOf(at, value, low, high));
    return [
      speedupOption({ measure: "Speedup", x, colour, curves, points: speedups }, theme),
      speedupOption({ measure: "Efficiency", x, colour, curves: efficient, points: efficiencies }, theme),
    ] as const;
  }, [scaling, x, colour, theme]);
  return (
    <div className="pictures">
      <Picture waiting={WAITING} option={drawings[0]} label={`Plot: speedup at ${scaling.site.name}`} />
      <Picture waiting={WAITING} option={drawings[1]} label={`Plot: efficiency at ${scaling.site.name}`} />
    </div>
  );
}
