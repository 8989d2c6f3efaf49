import type { Field, Range } from "../../api/types";
import { significant } from "../../components/numbers";
import type { Filter } from "../results/filters";
import { stopsOf } from "./ranges";
import { Slider } from "./Slider";

interface Props {
  field: Field;
  range: Range | undefined;
  filters: Filter[];
  onChange: (wanted: [string, string][]) => void;
}

/** A number from and to, between what there is. */
export function NumberConstraint({ field, range, filters, onChange }: Props) {
  const stops = range ? stopsOf(range) : [];
  if (stops.length < 2) return <p className="form-text">{range ? "All machines are alike in this." : "…"}</p>;
  const last = stops.length - 1;
  const bound = (signs: string[]) => filters.find(({ operator }) => signs.includes(operator))?.value;
  const [low, high] = [bound([">=", ">", "=="]), bound(["<=", "<", "=="])];
  const from = low === undefined ? 0 : nearest(stops, Number(low));
  const to = high === undefined ? last : nearest(stops, Number(high));
  const unit = field.unit ? ` ${field.unit}` : "";
  const text = (place: number) => `${significant(stops[place] ?? 0)}${unit}`;
  const change = (least: number, most: number) =>
    onChange([
      ...(least > 0 ? [[">=", String(stops[least])] as [string, string]] : []),
      ...(most < last ? [["<=", String(stops[most])] as [string, string]] : []),
    ]);
  return (
    <>
      <Slider label="At least" min={0} max={last} value={from} textOf={(place) => (place === 0 ? "any" : `≥ ${text(place)}`)} onChange={(place) => change(place, Math.max(place, to))} />
      <Slider label="At most" min={0} max={last} value={to} textOf={(place) => (place === last ? "any" : `≤ ${text(place)}`)} onChange={(place) => change(Math.min(from, place), place)} />
    </>
  );
}

const nearest = (stops: number[], value: number) =>
  stops.reduce((best, stop, place) => (Math.abs(stop - value) < Math.abs((stops[best] ?? 0) - value) ? place : best), 0);
