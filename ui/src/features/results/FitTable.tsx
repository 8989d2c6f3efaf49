import { Table } from "react-bootstrap";

import type { Series } from "../../charts/drawing";

/** The fitted curves: what each group's equation is and how well it fits. */
export function FitTable({ series }: { series: Series[] }) {
  const fitted = series.filter((each) => each.fit !== undefined && !each.hidden);
  if (fitted.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className="fit-table" tabIndex={0} aria-label="Fitted curves">
      <Table size="sm">
        <caption className="visually-hidden">Regression</caption>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Equation</th>
            <th scope="col" className="number">
              R²
            </th>
            <th scope="col" className="number">
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {fitted.map(({ id, name, fit, points }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>{typeof fit === "string" ? <span className="text-body-secondary">none: {fit}</span> : fit?.equation}</td>
              <td className="number">{typeof fit === "object" && fit.r2.toFixed(4)}</td>
              <td className="number">{points.length}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
