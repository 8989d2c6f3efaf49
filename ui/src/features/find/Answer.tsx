import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link } from "react-router";

import type { Ranking } from "../../api/types";
import { service } from "../service/queries";
import { Comparability } from "./Comparability";
import { deployUrl } from "./deploy";
import { DroppedList } from "./DroppedList";
import { Estimates } from "./Estimates";
import { Glossary } from "./Glossary";
import { Hints } from "./Hints";
import type { Known } from "./known";
import { pathLabel } from "./labels";
import type { OwnRun } from "./queries";
import type { Question } from "./question";
import { RankingList } from "./RankingList";
import { ScalingSection } from "./ScalingSection";
import { Sensitivity } from "./Sensitivity";
import { shownOf } from "./shown";
import { TakeAway } from "./TakeAway";
import { Wanted } from "./Wanted";

interface Props {
  question: Question;
  known: Known;
  answer: Ranking | undefined;
  /** Of the question before; the answer to this one is on its way. */
  stale: boolean;
  own: OwnRun[];
  onChange: (change: Partial<Question>) => void;
}

/** The answer in words, then what it stands on. */
export function Answer({ question, known, answer, stale, own, onChange }: Props) {
  const shown = useMemo(
    () => answer && shownOf(answer, (path) => pathLabel(path, known.first)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the fields' list is new at each drawing
    [answer, known.first.length],
  );
  if (!answer || !shown) return <Waiting />;
  return (
    <div className={stale ? "is-stale" : undefined} aria-busy={stale}>
      <section className="panel find-words" aria-label="Answer">
        <p className="find-summary" aria-live="polite">
          {unbroken(answer.summary)}
        </p>
        <FirstWays answer={answer} />
        <Hints question={question} known={known} answer={answer} own={own} onChange={onChange} />
        {answer.notes.length > 0 && (
          <ul className="find-notes">
            {answer.notes.map((note) => (
              <li key={note}>{unbroken(note)}</li>
            ))}
          </ul>
        )}
        <Sensitivity answer={answer} />
        <Comparability question={question} known={known} answer={answer} onChange={onChange} />
        <TakeAway question={question} answer={answer} shown={shown} own={own} />
      </section>
      {answer.candidates.length > 0 && (
        <>
          <RankingList answer={answer} shown={shown} question={question} known={known} onChange={onChange} />
          <Glossary several={question.metrics.length > 1} />
          <ScalingSection question={question} known={known} answer={answer} onChange={onChange} />
        </>
      )}
      <Estimates answer={answer} known={known} />
      <Wanted answer={answer} known={known} />
      <DroppedList answer={answer} />
    </div>
  );
}

/** "6 %" stays on one line. */
const unbroken = (text: string) => text.replaceAll(" %", "\u00A0%");

const Waiting = () => (
  <section className="panel find-waiting placeholder-glow" aria-busy="true" aria-label="Answer">
    <span className="placeholder w-75 mb-2 rounded" />
    <span className="placeholder w-50 rounded" />
    <span className="placeholder w-100 mt-3 rounded find-waiting-plot" />
  </section>
);

/** What to do next with the winner. */
function FirstWays({ answer: { candidates } }: { answer: Ranking }) {
  const info = useQuery(service.info());
  const best = candidates.find(({ mine }) => !mine);
  if (!best?.site || !best.flavor) return null;
  const results = best.metrics.find((metric) => metric.results)?.results;
  return (
    <p className="find-ways">
      {info.data?.deploy_url && (
        <a className="btn btn-sm btn-primary" href={deployUrl(info.data.deploy_url, best.site.name, best.flavor.name)} rel="noreferrer">
          Deploy {best.flavor.name} at {best.site.name}
        </a>
      )}
      {results && <Link to={results}>The results behind it</Link>}
    </p>
  );
}
