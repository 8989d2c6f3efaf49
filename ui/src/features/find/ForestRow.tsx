import type { ForestAxis, Interval } from "../../charts/forest";
import type { Mark } from "../../charts/marks";

interface Props {
  interval: Interval;
  axis: ForestAxis;
  mark: Mark;
  /** The value of the first, as a line through all rows. */
  reference: number;
}

const share = (place: number) => `${(place * 100).toFixed(2)}%`;

/** A line of the forest plot: the value, its interval where it has one, arrows where that is cut. The row says it in words. */
export function ForestRow({ interval: { value, low, high }, axis, mark, reference }: Props) {
  const known = low !== undefined && high !== undefined;
  const cutLeft = known && low < axis.min;
  const cutRight = known && high > axis.max;
  return (
    <svg className="forest" aria-hidden="true">
      {axis.ticks.map((tick) => (
        <line key={tick} className="forest-grid" x1={share(axis.at(tick))} x2={share(axis.at(tick))} y1="0" y2="100%" />
      ))}
      <line className="forest-reference" x1={share(axis.at(reference))} x2={share(axis.at(reference))} y1="0" y2="100%" />
      {known && (
        <g stroke={mark.colour} strokeWidth="2" fill="none">
          <line x1={share(axis.at(low))} x2={share(axis.at(high))} y1="50%" y2="50%" />
          <End at={axis.at(low)} cut={cutLeft} arrow="M5 -5L0 0L5 5" />
          <End at={axis.at(high)} cut={cutRight} arrow="M-5 -5L0 0L-5 5" />
        </g>
      )}
      <svg x={share(axis.at(value))} y="50%" overflow="visible">
        <path className={known ? undefined : "forest-hollow"} d={mark.shape} transform="translate(-6 -6) scale(1.2)" fill={mark.colour} stroke={mark.colour} strokeWidth={known ? 0 : 1.7} />
      </svg>
    </svg>
  );
}

const End = ({ at, cut, arrow }: { at: number; cut: boolean; arrow: string }) => (
  <svg x={share(at)} y="50%" overflow="visible">
    <path d={cut ? arrow : "M0 -4V4"} />
  </svg>
);
