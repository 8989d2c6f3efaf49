import { Problem } from "../../../api/problem";
import type { Named } from "../../../api/types";
import { HERE, momentOf } from "./moment";

type Chosen = Pick<Named, "id" | "name">;

/** What is typed on the page that submits a result. */
export interface Draft {
  benchmark: Chosen | null;
  site: Chosen | null;
  flavor: Chosen | null;
  tags: Chosen[];
  date: string;
  time: string;
  zone: string;
  json: string;
  /** Sent with the result, so that a repeated request stores nothing twice. */
  key: string;
}

export const BLANK: Draft = {
  benchmark: null,
  site: null,
  flavor: null,
  tags: [],
  date: "",
  time: "",
  zone: HERE,
  json: "",
  key: "",
};

/** What stays for the next result: most people submit several of the same kind. */
export const nextOf = ({ benchmark, site, flavor, tags, zone }: Draft) => ({ benchmark, site, flavor, tags, zone });

export interface Target {
  execution_datetime: string;
  benchmark_id: string;
  flavor_id: string;
  tags_ids: string[];
}

/** Where the document goes; undefined while something that it takes is missing. */
export function targetOf({ benchmark, flavor, tags, date, time, zone }: Draft): Target | undefined {
  const moment = momentOf(date, time, zone);
  if (!benchmark || !flavor || !moment) return undefined;
  return {
    execution_datetime: moment.toISOString(),
    benchmark_id: benchmark.id,
    flavor_id: flavor.id,
    tags_ids: tags.map(({ id }) => id),
  };
}

/** What the server says of tags by their ids, in the names that people know. */
export function withTagNames(error: Problem, { tags }: Draft): Problem {
  const named = (text: string) => tags.reduce((said, { id, name }) => said.replaceAll(id, `“${name}”`), text);
  const errors = error.errors.map((each) => ({ ...each, detail: named(each.detail) }));
  return new Problem(error.status, error.title, named(error.message), errors);
}

/** What is still missing, in words. */
export function missingIn({ benchmark, flavor, date, time, json }: Draft): string[] {
  return [
    !benchmark && "the benchmark",
    !flavor && "the flavor",
    !(date && time) && "when it ran",
    !json.trim() && "the JSON",
  ].filter((each) => each !== false);
}
