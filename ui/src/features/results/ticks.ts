import { MAX_SELECTED } from "./view";

/** Ids of the ticked rows after one was ticked or not. What is beyond the limit stays unticked. */
export const withOne = (selected: string[], id: string, on: boolean) => withAll(selected, [id], on);

export function withAll(selected: string[], ids: string[], on: boolean): string[] {
  const others = selected.filter((each) => !ids.includes(each));
  return on ? [...new Set([...selected, ...ids])].slice(0, MAX_SELECTED) : others;
}
