import type { Drawing } from "./drawing";
import { errorOf } from "./points";

/** The drawn points as rows, the names of the columns first. */
export function tableOf({ series, x, y, errors }: Drawing): (string | number | undefined)[][] {
  const head = ["id", "site", "flavor", "group", x.title, y.title, ...(errors ? ["low", "high"] : [])];
  const rows = series
    .filter(({ hidden }) => !hidden)
    .flatMap(({ name, points }) =>
      points.map((point) => {
        const [low, high] = (errors && errorOf(point, errors)) || [];
        const cells = [point.id, point.siteName, point.flavorName, name, point.x, point.y];
        return errors ? [...cells, low, high] : cells;
      }),
    );
  return [head, ...rows];
}
