import type { CustomSeriesRenderItem } from "echarts/types/dist/echarts";

import type { Kind } from "../features/results/view";
import type { Ink } from "./axis";
import type { Drawing, Series } from "./drawing";
import { errorOf, type Point } from "./points";
import type { XY } from "./regression";
import { extent, fiveNumbers, median } from "./stats";

/** What all series of a chart share. */
export interface Placed {
  drawing: Drawing;
  ink: Ink;
  categories: string[] | undefined;
  /** So many points that each is drawn plainly. */
  many: boolean;
}

/** The how-manyth of how many groups that stand side by side. */
interface Rank {
  place: number;
  of: number;
}

type Option = Record<string, unknown>;

/** Where a point stands on x: the axis of categories takes their texts. */
const across = ({ x }: Point, { categories }: Placed) => (categories ? String(x) : x);

function scatter({ id, name, mark, points }: Series, placed: Placed): Option[] {
  return [
    {
      id: `points ${id}`,
      type: "scatter",
      name,
      symbol: placed.many ? "circle" : `path://${mark.shape}`,
      symbolSize: placed.many ? 5 : 12,
      large: placed.many,
      largeThreshold: 1,
      itemStyle: { color: mark.colour, opacity: 0.9, borderColor: placed.ink.surface, borderWidth: placed.many ? 0 : 1 },
      emphasis: { scale: 1.5 },
      data: points.map((point) => [across(point, placed), point.y]),
    },
  ];
}

/** The median at each x, joined. */
export function medians(points: Point[]): [number | string, number][] {
  const at = new Map<number | string, number[]>();
  for (const { x, y } of points) at.set(x, [...(at.get(x) ?? []), y]);
  return [...at].map(([x, ys]): [number | string, number] => [x, median(ys)]);
}

function line(series: Series, placed: Placed): Option[] {
  const { id, name, mark, points } = series;
  const rank = (x: number | string) => (placed.categories ? placed.categories.indexOf(String(x)) : Number(x));
  const joined = medians(points)
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([x, y]) => [placed.categories ? String(x) : x, y]);
  const path = {
    id: `line ${id}`,
    type: "line",
    name,
    showSymbol: false,
    silent: true,
    lineStyle: { color: mark.colour, width: 2 },
    itemStyle: { color: mark.colour },
    data: joined,
  };
  return [path, ...scatter(series, placed)];
}

const WIDEST = 40;

/** How far right of its category's middle a group stands: as ECharts places bars, and boxes (its boxplotLayout). */
function shiftOf(kind: Kind, { place, of }: Rank, api: Parameters<CustomSeriesRenderItem>[1]): number {
  if (kind === "bar") return Number(api.barLayout({ count: of, barMaxWidth: WIDEST } as never)?.[place]?.offsetCenter ?? 0);
  if (kind !== "box") return 0;
  const room = Number([api.size?.([1, 0]) ?? 0].flat()[0]) * 0.8 - 2;
  const gap = (room / of) * 0.3;
  const width = (room - gap * (of - 1)) / of;
  return width / 2 - room / 2 + place * (gap + width);
}

const SYMBOL = 9;

/** The group's mark above each of its bars or boxes: never colour alone. */
function symbols(series: Series, placed: Placed, rank: Rank, top: (members: Point[]) => number): Option {
  const heights = perCategory(series, placed, top);
  const renderItem: CustomSeriesRenderItem = (_, api) => {
    const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
    const left = x + shiftOf(placed.drawing.kind, rank, api) - SYMBOL / 2;
    // The place is not the shape's: a shape stays as it was first drawn when the window changes.
    const shape = { pathData: series.mark.shape, x: 0, y: 0, width: SYMBOL, height: SYMBOL };
    return { type: "path", x: left, y: y - SYMBOL - 6, shape, style: { fill: series.mark.colour } };
  };
  return {
    id: `symbols ${series.id}`,
    type: "custom",
    silent: true,
    z: 3,
    renderItem,
    data: heights.flatMap((height, place) => (height === undefined ? [] : [[placed.categories?.[place] ?? "", height]])),
  };
}

/** For each category one value of the group; undefined where it has none. */
const perCategory = <Value>({ points }: Series, { categories = [] }: Placed, of: (members: Point[]) => Value) =>
  categories.map((category) => {
    const members = points.filter(({ x }) => String(x) === category);
    return members.length > 0 ? of(members) : undefined;
  });

const bar = (series: Series, placed: Placed, rank: Rank): Option[] => [
  symbols(series, placed, rank, (members) => median(members.map(({ y }) => y))),
  {
    id: `bar ${series.id}`,
    type: "bar",
    name: series.name,
    itemStyle: { color: series.mark.colour },
    barMaxWidth: WIDEST,
    data: perCategory(series, placed, (members) => median(members.map(({ y }) => y))).map((each) => each ?? "-"),
  },
];

/** All samples of these points; of a point that has none, its value. */
export const pooled = (points: Point[]) => points.flatMap(({ samples, y }) => (samples.length > 0 ? samples : [y]));

const box = (series: Series, placed: Placed, rank: Rank): Option[] => [
  symbols(series, placed, rank, (members) => extent(pooled(members))[1]),
  {
    id: `box ${series.id}`,
    type: "boxplot",
    name: series.name,
    boxWidth: [6, WIDEST],
    itemStyle: { color: placed.ink.surface, borderColor: series.mark.colour, borderWidth: 2 },
    data: perCategory(series, placed, (members) => fiveNumbers(pooled(members))).map((each) => each ?? []),
  },
];

export const PICTURES: Record<Kind, (series: Series, placed: Placed, rank: Rank) => Option[]> = { scatter, line, bar, box };

/** From where to where each x of a group is uncertain: of bars one for each, of points one for each. */
function spans(series: Series, placed: Placed): [number | string, number, number][] {
  const { errors, kind } = placed.drawing;
  if (!errors) return [];
  if (kind !== "bar") {
    return series.points.flatMap((point) => {
      const span = errorOf(point, errors);
      return span ? [[across(point, placed), ...span] as [number | string, number, number]] : [];
    });
  }
  return perCategory(series, placed, (members) => {
    const samples = pooled(members);
    return errorOf({ ...(members[0] as Point), y: median(members.map(({ y }) => y)), samples }, errors);
  }).flatMap((span, place) => (span ? [[placed.categories?.[place] ?? "", ...span] as [string, number, number]] : []));
}

export function errorBars(series: Series, placed: Placed, rank: Rank): Option[] {
  const data = spans(series, placed);
  if (data.length === 0) return [];
  const cap = placed.drawing.kind === "bar" ? 4 : 5;
  const renderItem: CustomSeriesRenderItem = (_, api) => {
    const shift = shiftOf(placed.drawing.kind, rank, api);
    const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)]);
    const high = api.coord([api.value(0), api.value(2)])[1] ?? 0;
    const stroke = { stroke: placed.drawing.kind === "bar" ? placed.ink.text : series.mark.colour, lineWidth: 1.5 };
    const segment = (x1: number, y1: number, x2: number, y2: number) =>
      ({ type: "line", shape: { x1: x1 + shift, y1, x2: x2 + shift, y2 }, style: stroke }) as const;
    return {
      type: "group",
      children: [
        segment(x, low, x, high),
        segment(x - cap, low, x + cap, low),
        segment(x - cap, high, x + cap, high),
      ],
    };
  };
  return [
    {
      id: `errors ${series.id}`,
      type: "custom",
      name: series.name,
      silent: true,
      clip: true,
      z: 3,
      dimensions: ["x", "low", "high"],
      encode: { x: 0, y: [1, 2] },
      renderItem,
      data,
    },
  ];
}

/** Points of a curve: enough of them to look smooth, evenly on the axis. */
function along([min, max]: [number, number], log: boolean, at: (x: number) => number): XY[] {
  const steps = 80;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps;
    const x = log ? min * (max / min) ** share : min + (max - min) * share;
    return [x, at(x)] as XY;
  });
}

const curve = (id: string, name: string, colour: string, type: string, data: XY[]): Option => ({
  id,
  type: "line",
  name,
  showSymbol: false,
  silent: true,
  clip: true,
  z: 4,
  lineStyle: { color: colour, width: 2, type },
  itemStyle: { color: colour },
  data,
});

/** The fitted curve over the range of its points. On a logarithmic axis, what falls to zero is left out. */
export function curveOf({ id, name, mark, points, fit }: Series, { drawing }: Placed): Option[] {
  if (!fit || typeof fit === "string") return [];
  const range = extent(points.map((point) => Number(point.x)));
  const all = along(range, drawing.x.scale === "log" && range[0] > 0, fit.at);
  const data = drawing.y.scale === "log" ? all.filter(([, y]) => y > 0) : all;
  return [curve(`fit ${id}`, name, mark.colour, "dashed", data)];
}

/** A ring around the point of one result. */
export function ring(points: Point[], placed: Placed): Option[] {
  const point = points.find(({ id }) => id === placed.drawing.marked);
  if (!point) return [];
  const { text } = placed.ink;
  return [
    {
      id: "marked",
      type: "scatter",
      symbol: "circle",
      symbolSize: 24,
      silent: true,
      z: 5,
      itemStyle: { color: "transparent", borderColor: text, borderWidth: 2 },
      label: { show: true, formatter: "this result", position: "top", color: text, fontSize: 13 },
      data: [[across(point, placed), point.y]],
    },
  ];
}

export const ideal = (data: XY[], ink: Ink): Option => ({
  ...curve(`ideal ${data[0]?.[0]}`, "ideal", ink.text, "dotted", data),
  endLabel: { show: true, formatter: "ideal", color: ink.text },
});
