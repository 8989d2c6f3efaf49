import { paths } from "../../../paths";
import { joinIds, nothingChosen, type View, viewParams } from "../view";

/** The comparison of the ticked results, else of all that match. */
export function compareLink(view: View): string {
  if (view.selected.length > 0) return `${paths.compare}?ids=${joinIds(view.selected)}`;
  const names = [...(Object.keys(nothingChosen) as (keyof View)[]), "sort_by" as const];
  return `${paths.compare}?${viewParams(Object.fromEntries(names.map((name) => [name, view[name]])))}`;
}
