import { Term } from "./Term";

/** The words of the ranking, each a press away from its meaning. */
export function Glossary({ several }: { several: boolean }) {
  return (
    <p className="glossary">
      What does it mean? ★ <Term name="clearly best" /> · ≈ <Term name="not distinguishable from the best">not distinguishable</Term> · ▽{" "}
      <Term name="clearly behind" /> · ? <Term name="unknown">chance unknown</Term> · <Term name="rank range" /> ·{" "}
      <Term name="probability of being best" /> · <Term name="interval" /> · <Term name="baseline" /> · <Term name="parameters" />
      {several && (
        <>
          {" "}
          · <Term name="geometric mean" /> · <Term name="coverage" />
        </>
      )}
    </p>
  );
}
