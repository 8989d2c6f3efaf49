import { type ForestAxis, tickText } from "../../charts/forest";

/** The numbers below the forest plot's head. */
export function ForestScale({ axis }: { axis: ForestAxis }) {
  return (
    <div className="forest-scale" aria-hidden="true">
      {axis.ticks.map((tick) => (
        <span key={tick} style={{ left: `${axis.at(tick) * 100}%` }}>
          {tickText(tick)}
        </span>
      ))}
    </div>
  );
}
