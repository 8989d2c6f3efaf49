import type { Field } from "../../api/types";
import { fieldName, nameWithUnit } from "../results/fields";

/** "Clock (GHz)" for a path, or the path where nothing declares it. */
export function pathLabel(path: string, fields: Field[], unit = false): string {
  const field = fields.find((each) => each.path === path);
  if (!field) return path;
  return unit ? nameWithUnit(field, fields) : fieldName(field, fields);
}
