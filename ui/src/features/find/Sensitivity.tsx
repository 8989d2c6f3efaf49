import type { Ranking } from "../../api/types";
import { Term } from "./Term";

/** Whether the first stays first with slightly different weights. What would change it is said in the notes. */
export function Sensitivity({ answer: { candidates, recipe, sensitivity } }: { answer: Ranking }) {
  if (recipe.metrics.length < 2 || candidates.length < 2) return null;
  return (
    <p className="mb-1">
      <Term name="sensitivity">Weights moved by a fifth:</Term>{" "}
      {sensitivity.holds ? "the first stays first." : "another comes first, so the weights decide."}
    </p>
  );
}
