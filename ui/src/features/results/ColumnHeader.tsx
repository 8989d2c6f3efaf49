import type { ReactNode } from "react";

import type { Column } from "./columns";

interface Props {
  column: Omit<Column, "key" | "cell">;
  sortBy: string;
  onSort?: (sortBy: string) => void;
  /** What stands before the name. */
  children?: ReactNode;
}

/** What a column is called, with its unit; a press sorts by it, another one the other way round. */
export function ColumnHeader({ column: { name, unit, explanation, sort, numeric }, sortBy, onSort, children }: Props) {
  const label = (
    <>
      {name}
      {unit && <span className="unit"> ({unit})</span>}
    </>
  );
  const framed = (content: ReactNode) => (
    <span className={children ? "with-tick" : undefined}>
      {children}
      {content}
    </span>
  );
  const className = numeric ? "number" : undefined;
  if (!sort || !onSort) {
    return (
      <th scope="col" className={className} title={explanation ?? undefined}>
        {framed(label)}
      </th>
    );
  }
  const sorted = sortBy.slice(1) === sort.name ? sortBy[0] : undefined;
  const reverse = sorted === "+" ? "-" : "+";
  const direction = sorted === "-" ? "descending" : "ascending";
  return (
    <th scope="col" className={className} aria-sort={sorted ? direction : "none"}>
      {framed(
        <button
          type="button"
          className="sort"
          title={explanation ?? undefined}
          onClick={() => onSort(`${sorted ? reverse : sort.first}${sort.name}`)}
        >
          {label}
          <span className="arrow" aria-hidden="true">
            {{ "+": "▲", "-": "▼" }[sorted ?? ""] ?? "↕"}
          </span>
        </button>,
      )}
    </th>
  );
}
