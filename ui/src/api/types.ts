import type { components } from "./schema";

type Schemas = components["schemas"];

export type Benchmark = Schemas["Benchmark"];
export type Field = Schemas["Field"];
export type Result = Schemas["Result"];

/** A page of any list. */
export interface Page<Item> {
  items: Item[];
  page: number;
  per_page: number;
  pages: number;
  total: number;
}
