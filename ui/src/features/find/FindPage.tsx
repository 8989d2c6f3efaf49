import "./styles";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Button } from "react-bootstrap";
import { Link } from "react-router";

import { Problem } from "../../api/problem";
import { ErrorNotice } from "../../components/ErrorNotice";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { Answer } from "./Answer";
import { useKnown } from "./known";
import { useOwn } from "./own";
import { find } from "./queries";
import { type Question, useQuestion } from "./question";
import { QuestionPanel } from "./QuestionPanel";

/** The question at the left, the answer at the right; what is asked first is answered before anyone asks. */
export function Component() {
  const [asked, change] = useQuestion();
  const start = useQuery({ ...find.start(), enabled: asked.metrics.length === 0 });
  const question: Question = asked.metrics.length > 0 ? asked : { ...asked, metrics: start.data ?? [] };
  const known = useKnown(question);
  const { draft: own, change: changeOwn } = useOwn();
  const benchmarks = question.metrics.map(({ benchmark }) => benchmark).join(" ");
  const runs = useMemo(
    () => own.runs.filter(({ benchmark_id: id }) => benchmarks.includes(id)),
    [own.runs, benchmarks],
  );
  const exact = useQuery({ ...find.ranking(question, runs), enabled: question.metrics.length > 0 });
  // The machine to compare with may have gone by another constraint or site: then the best is compared with.
  const lost = exact.error instanceof Problem && exact.error.errors.some(({ parameter }) => parameter === "baseline");
  const answered = lost ? { ...question, baseline: "" } : question;
  const instead = useQuery({ ...find.ranking(answered, runs), enabled: lost });
  const answer = lost ? instead : exact;
  const nothing = start.isSuccess && question.metrics.length === 0;
  const error = answer.error ?? (asked.metrics.length === 0 ? start.error : null) ?? known.error;
  return (
    <>
      <Title>Find</Title>
      <div className="page-head">
        <h1>Where should it run?</h1>
        <span className="text-body-secondary">Say what your task needs; the best sites follow, and how sure that is.</span>
      </div>
      {nothing ? (
        <p className="emptiness">
          No benchmark declares a metric yet, so nothing can be ranked. <Link to={paths.benchmarks}>Benchmarks</Link>
        </p>
      ) : (
        <div className="find">
          <QuestionPanel
            question={question}
            known={known}
            candidates={answer.data?.candidates ?? []}
            own={own}
            onOwn={changeOwn}
            onChange={(patch) => change(patch)}
          />
          <div className="find-answer">
            {error && <ErrorNotice error={error} onRetry={() => void (answer.error ? answer : start).refetch()} />}
            {error && (
              <Link to={paths.find}>Start over</Link>
            )}
            {!error && lost && (
              <p className="find-hint">
                The machine to compare with is not among these candidates, so they are compared with the best.{" "}
                <Button size="sm" variant="link" onClick={() => change({ baseline: "" })}>
                  Leave it at that
                </Button>
              </p>
            )}
            {!error && (
              <Answer
                question={answered}
                known={known}
                answer={answer.data}
                stale={answer.isPlaceholderData}
                own={runs}
                onChange={change}
              />
            )}
          </div>
        </div>
      )}
    </>
  );
}
