import { Link } from "react-router";

import type { Scaling } from "../../api/types";
import { count, significant } from "../../components/numbers";
import { Term } from "./Term";
import { type TermName, TERMS } from "./terms";

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** The same in numbers, each with the results behind it. */
export function ScalingPoints({ scaling: { points, unit }, x }: { scaling: Scaling; x: string }) {
  if (points.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className="fit-table" tabIndex={0} aria-label="Scaling in numbers">
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="number">{x}</th>
            <th scope="col">Machine type</th>
            <th scope="col" className="number">Value{unit && ` (${unit})`}</th>
            <th scope="col" className="number"><Term name="speedup">Speedup</Term></th>
            <th scope="col" className="number"><Term name="efficiency">Efficiency</Term></th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ at, flavor, value, speedup, speedup_low: low, speedup_high: high, efficiency, runs, results }) => (
            <tr key={`${at} ${flavor.id}`}>
              <th scope="row" className="number">{significant(at)}</th>
              <td>{flavor.name}</td>
              <td className="number">{significant(value, 5)}</td>
              <td className="number">
                {significant(speedup, 3)}×{typeof low === "number" && typeof high === "number" && ` (${significant(low, 3)} to ${significant(high, 3)})`}
              </td>
              <td className="number">{percent(efficiency)}</td>
              <td>
                <Link to={results}>{count(runs, "run")}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const isTerm = (name: string): name is TermName => name in TERMS;

/** A number with its 95 % interval, which may be open. */
function range(value: number, low?: number, high?: number): string {
  const most = high === undefined ? "any number" : significant(high, 3);
  return low === undefined ? significant(value, 3) : `${significant(value, 3)} (${significant(low, 3)} to ${most})`;
}

/** The fitted laws: what they say, and how well. */
export function ScalingLaws({ scaling: { laws } }: { scaling: Scaling }) {
  return (
    <ul className="find-notes laws">
      {laws.map(({ name, source, formula, parameters, residual, half, ...law }) => (
        <li key={name}>
          {isTerm(name) ? <Term name={name} /> : name} ({source}): <span className="formula">{formula}</span>;{" "}
          {parameters
            .map(({ name: symbol, value, low, high }) => `${symbol} ${range(value, low, high)}`)
            .join(", ")}
          ; off by {significant(residual * 100, 2)} % typically
          {typeof half === "number" && `; half of the work is lost at ${significant(half, 3)}`}
          {law.peak !== undefined && `; beyond ${range(law.peak, law.peak_low, law.peak_high)} it becomes slower`}.
        </li>
      ))}
    </ul>
  );
}
