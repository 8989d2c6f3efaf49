import { Dropdown } from "react-bootstrap";

import { exportAddress, FORMATS } from "./export";
import type { Selection } from "./queries";

interface Props {
  name: string;
  selection: Selection;
  sortBy: string;
  /** Keys of the columns on screen. */
  columns: string[];
  /** "25 results" */
  what: string;
}

/** Takes the results away as a file, in the order and with the columns of the table. */
export function ExportMenu({ name: title, selection, sortBy, columns, what }: Props) {
  return (
    <Dropdown>
      <Dropdown.Toggle size="sm" variant="outline-secondary">
        {title}
      </Dropdown.Toggle>
      <Dropdown.Menu align="end">
        <Dropdown.Header>{what}</Dropdown.Header>
        {FORMATS.map(({ format, name, holds }) => (
          <Dropdown.Item
            key={format}
            href={exportAddress(format, selection, sortBy, columns)}
            download={`results.${format}`}
          >
            {name} <small className="text-body-secondary">{holds}</small>
          </Dropdown.Item>
        ))}
      </Dropdown.Menu>
    </Dropdown>
  );
}
