import type { Field, Plotted } from "../api/types";

const field = (path: string, rest: Partial<Field>): Field => ({ path, type: "number", primary: false, ...rest });

export const score = field("result.score", {
  role: "metric",
  unit: "s",
  better: "lower",
  primary: true,
  samples: "result.samples",
});
export const cores = field("machine.cpu.count", { role: "machine" });
export const clock = field("machine.cpu.clock_ghz", { role: "machine", unit: "GHz" });
export const model = field("machine.cpu.model", { role: "machine", type: "text" });
export const scene = field("test.scene", { role: "parameter", type: "text" });
export const fields = [scene, model, cores, clock, score];

const named = (name: string) => ({ id: `id of ${name}`, name });

export const result = (id: string, json: unknown): Plotted => ({
  id,
  site: named("CESGA"),
  flavor: named("m1.small"),
  tags: [],
  claims_open: 0,
  json,
});
