import { Table } from "react-bootstrap";

import type { Field } from "../../api/types";
import { TableBox } from "../../components/TableBox";
import { fieldName, inReadingOrder } from "../results/fields";

const COLUMNS = ["Field", "Unit", "Role", "Better", "Meaning", "Path"];
const ROLES = { metric: "measured", machine: "machine", parameter: "parameter" };

/** What of a benchmark's results people compare. */
export function FieldsTable({ fields }: { fields: Field[] }) {
  if (fields.length === 0) return <p className="mb-0">This benchmark declares no fields to compare.</p>;
  return (
    <TableBox label="Fields" className="list-box mb-0" columns={COLUMNS}>
      <Table size="sm">
        <caption className="visually-hidden">Fields</caption>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inReadingOrder(fields).map((field) => (
            <tr key={field.path}>
              <td>
                {fieldName(field, fields)} {field.primary && <span className="chip">main figure</span>}
              </td>
              <td>{field.unit}</td>
              <td>{field.role ? ROLES[field.role] : "–"}</td>
              <td>{field.better ?? ""}</td>
              <td className="wrap">
                {field.description}
                {field.samples && <div className="small text-body-secondary">repeats in {field.samples}</div>}
              </td>
              <td>
                <code>{field.path}</code> <span className="text-body-secondary">{field.type}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </TableBox>
  );
}
