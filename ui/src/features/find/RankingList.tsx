import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-bootstrap";

import type { Ranking } from "../../api/types";
import { type ForestAxis, forestAxis } from "../../charts/forest";
import { mark, OTHERS } from "../../charts/marks";
import { exact } from "../../components/RelativeTime";
import { count } from "../../components/numbers";
import { useTheme } from "../../theme";
import { sites } from "../sites/queries";
import { SiteMark } from "../sites/SiteMark";
import { CandidateDetails } from "./CandidateDetails";
import { ForestRow } from "./ForestRow";
import { ForestScale } from "./ForestScale";
import { GroupMark } from "./groups";
import type { Known } from "./known";
import type { Question } from "./question";
import { probability, rankRange, type Shown, type ShownRanking } from "./shown";
import { Term } from "./Term";

interface Props {
  answer: Ranking;
  shown: ShownRanking;
  question: Question;
  known: Known;
  onChange: (change: Partial<Question>) => void;
}

const FIRST = 20;

/** In UTC, as in the answer's words. */
const monthOf = (at: string) => new Date(at).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** The ranking as a forest plot: an ordered list whose rows say in words what their line shows. */
export function RankingList({ answer, shown, question, known, onChange }: Props) {
  const [all, setAll] = useState(false);
  const { rows, title, better, one, unit } = shown;
  const reference = rows[0]?.interval.value ?? 0;
  const sure = rows.some(({ candidate }) => rankRange(candidate) !== undefined);
  const visible = all ? rows : rows.slice(0, FIRST);
  // Of what is in sight: the slowest of two hundred would press the first ones together.
  const axis = forestAxis(visible.map(({ interval }) => interval));
  const against = answer.recipe.baseline === "best" ? "the best" : "baseline";
  const toggle = (id: string) => {
    const { open } = question;
    onChange({ open: open.includes(id) ? open.filter((each) => each !== id) : [...open, id] });
  };
  return (
    <section className="panel" aria-label="Ranking">
      <div className="panel-head">
        <h2>
          Ranking <span className="unit">of {count(rows.length, "candidate")}</span>
        </h2>
        <span className="ranking-key">
          ●━ value and 95 % <Term name="interval">interval</Term>; ○ <Term name="single run">single run</Term>
        </span>
      </div>
      <div className={one ? "ranking-head" : "ranking-head is-several"}>
        <span className="ranking-what">Site and machine type</span>
        <span className="ranking-plot">
          {one ? title : <Term name="ratio">{title}</Term>} <span className="unit">({better})</span>
          <ForestScale axis={axis} />
        </span>
        <span className="ranking-value">{one ? `Value${unit && ` (${unit})`}` : "Ratio (%)"}</span>
        <span className="ranking-ratio">{one && <Term name="ratio">Of {against}</Term>}</span>
        <span className="ranking-sure">How sure</span>
      </div>
      <ol className={one ? "ranking" : "ranking is-several"}>
        {visible.map((row) => (
          <Row key={row.candidate.id} row={row} axis={axis} shown={shown} against={against} reference={reference} sure={sure} open={question.open.includes(row.candidate.id)} onToggle={toggle}>
            <CandidateDetails candidate={row.candidate} answer={answer} known={known} />
          </Row>
        ))}
      </ol>
      {rows.length > FIRST && (
        <Button size="sm" variant="outline-secondary" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST}` : `Show all ${rows.length}`}
        </Button>
      )}
    </section>
  );
}

interface RowProps {
  row: Shown;
  axis: ForestAxis;
  shown: ShownRanking;
  /** What ratios are to. */
  against: string;
  reference: number;
  sure: boolean;
  open: boolean;
  onToggle: (id: string) => void;
  children: React.ReactNode;
}

function Row({ row: { candidate, interval, text, range, ratio }, axis, shown: { unit, one }, against, reference, sure, open, onToggle, children }: RowProps) {
  const order = useQuery(sites.inOrder());
  const theme = useTheme();
  const { id, rank, name, site, coverage, group } = candidate;
  const its = site ? mark(order.data?.indexOf(site.id) ?? -1, theme) : OTHERS[theme];
  const ranks = rankRange(candidate);
  const first = group === "clearly behind" && candidate.probability_best === 0 ? undefined : probability(candidate);
  const change = candidate.metrics.flatMap(({ changes }) => changes).toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
  const trend = candidate.metrics.find((metric) => metric.trend)?.trend;
  return (
    <li className={candidate.mine ? "is-mine" : undefined}>
      <div className="ranking-row">
        <span className="ranking-place">{rank}</span>
        <span className="ranking-what">
          <button type="button" aria-expanded={open} onClick={() => onToggle(id)}>
            {site ? <SiteMark site={site.id} /> : <span />}
            <span>{name}</span>
          </button>
          {change && (
            <span className="changed" title={exact(new Date(change.at))}>
              <Term name="changed since">changed since</Term> {monthOf(change.at)}
            </span>
          )}
          {!change && trend && (
            <span className="changed">
              <Term name="changed gradually">changed gradually</Term> since {monthOf(trend.start)}
            </span>
          )}
          {coverage < 1 && (
            <span className="changed">
              <Term name="coverage">covers</Term> {Math.round(coverage * 100)} % of the weights
            </span>
          )}
        </span>
        <span className="ranking-plot">
          <ForestRow interval={interval} axis={axis} mark={its} reference={reference} />
        </span>
        <span className="ranking-value">
          <b>{text}</b> <span className="ranking-unit">{unit}</span>
          <small>{range}</small>
          {one && (
            <small className="ranking-against">
              {ratio} of {against}
            </small>
          )}
        </span>
        <span className="ranking-ratio">{one && ratio}</span>
        <span className="ranking-sure">
          <GroupMark group={group} first={rank === 1} />
          {sure && (
            <small>
              {[...(ranks ? [`rank ${ranks}`] : []), ...(first ? [`best: ${first}`] : [])].join("; ")}
            </small>
          )}
        </span>
      </div>
      {open && children}
    </li>
  );
}
