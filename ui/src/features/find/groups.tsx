import type { Candidate } from "../../api/types";

type Group = Candidate["group"];

/** A sign for each group, beside its words. */
const SIGNS: Record<Group, string> = {
  "clearly best": "★",
  "not distinguishable from the best": "≈",
  "clearly behind": "▽",
  unknown: "?",
};

const WORDS: Record<Group, string> = {
  "clearly best": "clearly best",
  "not distinguishable from the best": "not distinguishable",
  "clearly behind": "clearly behind",
  unknown: "chance unknown",
};

const FIRST: Partial<Record<Group, string>> = {
  "not distinguishable from the best": "first, not clearly",
  unknown: "first so far, chance unknown",
};

/** first: of the one in front, which is told from itself by nobody. */
export const groupWords = (group: Group, first: boolean) => (first && FIRST[group]) || WORDS[group];

/** How a candidate stands to the best: by sign and words, not by colour alone. */
export function GroupMark({ group, first }: { group: Group; first: boolean }) {
  return (
    <span className={`group group-${group.split(" ").at(group.startsWith("clearly") ? 1 : 0)}`}>
      <span aria-hidden="true">{SIGNS[group]}</span> {groupWords(group, first)}
    </span>
  );
}
