import { useDraft } from "../../components/useDraft";
import type { OwnRun } from "./queries";

export interface OwnDraft {
  runs: OwnRun[];
  /** What is being typed. */
  text: string;
}

const BLANK: OwnDraft = { runs: [], text: "" };
export const MOST_RUNS = 20;

/** Results of the asker's own machine: kept in this tab only. */
export const useOwn = () => useDraft<OwnDraft>("find own machine", BLANK);
