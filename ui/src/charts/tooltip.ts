import { significant } from "../components/numbers";
import { categoriesOf, type Drawing, drawnPoints, pointAt } from "./drawing";
import { errorOf } from "./points";
import { pooled } from "./series";
import { fiveNumbers, median } from "./stats";

/** What the pointed-at thing is: names from the data are put in as text, never as markup. */
export function tooltipOf(drawing: Drawing, { seriesId = "", dataIndex }: { seriesId?: string; dataIndex: number }): HTMLElement {
  const box = document.createElement("div");
  const lines = linesOf(drawing, seriesId, dataIndex);
  for (const [place, text] of lines.entries()) {
    const line = document.createElement(place === 0 ? "strong" : "div");
    line.textContent = text;
    box.append(line);
  }
  return box;
}

const figure = (value: number | string) => (typeof value === "number" ? significant(value, 8) : value);

function linesOf(drawing: Drawing, seriesId: string, dataIndex: number): string[] {
  const { x, y, errors, series } = drawing;
  const point = pointAt(series, seriesId, dataIndex);
  if (point) {
    const span = errors && errorOf(point, errors);
    return [
      `${point.siteName} · ${point.flavorName}`,
      `${y.title}: ${figure(point.y)}`,
      ...(span ? [`${errors === "range" ? "from smallest to largest" : "± a standard deviation"}: ${span.map(figure).join(" to ")}`] : []),
      `${x.title}: ${figure(point.x)}`,
      ...(point.disputed ? ["disputed"] : []),
    ];
  }
  const own = series.find(({ id }) => seriesId === `bar ${id}` || seriesId === `box ${id}`);
  const category = categoriesOf(drawnPoints(drawing))[dataIndex];
  const members = own?.points.filter((each) => String(each.x) === category) ?? [];
  if (!own || members.length === 0) return [];
  const head = [own.name, `${x.title}: ${category}`];
  if (drawing.kind === "bar") return [...head, `${y.title}: ${figure(median(members.map((each) => each.y)))} (median of ${members.length})`];
  const samples = pooled(members);
  const names = ["smallest", "lower quartile", "median", "upper quartile", "largest"];
  return [...head, `${samples.length} samples`, ...fiveNumbers(samples).map((value, place) => `${names[place]}: ${figure(value)}`)];
}
