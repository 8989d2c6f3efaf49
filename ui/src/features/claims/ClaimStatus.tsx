import type { Claim } from "../../api/types";

const WORDS: Record<Claim["status"], string> = {
  on_review: "waits for a decision",
  approved: "upheld: the result was withdrawn",
  rejected: "dismissed: the result stays",
};

export const ClaimStatus = ({ status }: { status: Claim["status"] }) => WORDS[status];
