import type { components } from "./schema";

type Schemas = components["schemas"];

export type Field = Schemas["FieldList"]["items"][number];
export type Result = Schemas["Result"];
export type Status = Site["status"];
export type Event = Schemas["Event"];
export type Submit = Schemas["Submit"];
export type Claim = Schemas["Claim"];
export type User = Schemas["User"];
export type Tag = Schemas["Tag"];
export type Flavor = Schemas["Flavor"];
export type Site = Schemas["Site"];
export type Benchmark = Schemas["Benchmark"];
export type Ranking = Schemas["Ranking"];
export type Candidate = Ranking["candidates"][number];
export type Range = Schemas["Range"];
export type Drift = Schemas["Drift"];
export type Scaling = Schemas["Scaling"];

/** What lists ask for of a benchmark, site or flavor. */
export interface Named {
  id: string;
  name: string;
  description?: string | null;
}

/** What a plot asks for of a result. */
export interface Plotted extends Pick<Result, "tags" | "claims_open"> {
  id: string;
  site: Named;
  flavor: Named;
  json: unknown;
}

/** What a table asks for of a result. */
export interface Row extends Plotted, Pick<Result, "execution_datetime" | "upload_datetime"> {
  benchmark: Named;
}

/** A page of any list. */
export interface Page<Item> {
  items: Item[];
  page: number;
  per_page: number;
  pages: number;
  total: number;
}
