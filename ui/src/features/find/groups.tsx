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

export const groupWords = (group: Group) => WORDS[group];

/** How a candidate stands to the best: by sign and words, not by colour alone. */
export function GroupMark({ group }: { group: Group }) {
  return (
    <span className={`group group-${group.split(" ").at(group.startsWith("clearly") ? 1 : 0)}`}>
      <span aria-hidden="true">{SIGNS[group]}</span> {WORDS[group]}
    </span>
  );
}
