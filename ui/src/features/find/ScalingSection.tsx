import { useQuery } from "@tanstack/react-query";
import { Button, Form } from "react-bootstrap";

import type { Ranking } from "../../api/types";
import { ErrorNotice } from "../../components/ErrorNotice";
import { parseFilter } from "../results/filters";
import { before } from "../results/view";
import type { Known } from "./known";
import { pathLabel } from "./labels";
import { find } from "./queries";
import type { Question } from "./question";
import { ScalingPictures } from "./ScalingPictures";
import { ScalingLaws, ScalingPoints } from "./ScalingTables";

interface Props {
  question: Question;
  known: Known;
  answer: Ranking;
  onChange: (change: Partial<Question>) => void;
}

/** How the task speeds up at a site with larger machines. */
export function ScalingSection({ question, known, answer, onChange }: Props) {
  const [metric] = answer.recipe.metrics;
  if (!known.size || !metric) return null;
  const where = new Map([...answer.candidates, ...answer.dropped].flatMap(({ site }) => (site ? [[site.id, site.name] as const] : [])));
  const chosen = question.scaling;
  const first = answer.candidates.find(({ site }) => site)?.site?.id ?? "";
  const unit = known.size.unit ?? pathLabel(known.size.path, known.first);
  return (
    <section className="panel" aria-label="Scaling">
      <div className="panel-head">
        <h2>
          What do more {unit} bring? <span className="unit">{metric.title}</span>
        </h2>
        {chosen ? (
          <span className="scaling-site">
            <Form.Select size="sm" aria-label="Site whose scaling is shown" value={chosen} onChange={({ target }) => onChange({ scaling: target.value })}>
              {!where.has(chosen) && <option value={chosen}>another site</option>}
              {[...where].toSorted(([, a], [, b]) => a.localeCompare(b)).map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Form.Select>
            <Button size="sm" variant="link" onClick={() => onChange({ scaling: "" })}>
              Hide
            </Button>
          </span>
        ) : (
          <Button size="sm" variant="outline-secondary" onClick={() => onChange({ scaling: first })}>
            Show how it scales at {where.get(first)}
          </Button>
        )}
      </div>
      {chosen && <Shown site={chosen} metric={metric} over={known.size.path} filters={question.filters} since={question.since} known={known} />}
    </section>
  );
}

interface ShownProps {
  site: string;
  metric: Ranking["recipe"]["metrics"][number];
  over: string;
  filters: string[];
  since: string;
  known: Known;
}

function Shown({ site, metric, over, filters, since, known }: ShownProps) {
  const asked = {
    benchmark_id: metric.benchmark.id,
    site_id: site,
    metric: metric.path,
    over,
    filters: filters.filter((text) => parseFilter(text)?.path !== over),
    ...(since && { execution_after: before(since) }),
  };
  const { data, error, isPlaceholderData, refetch } = useQuery(find.scaling(asked));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <div className="picture placeholder-glow"><span className="placeholder w-100 h-100 rounded" /></div>;
  const x = pathLabel(over, known.first, true);
  return (
    <div className={isPlaceholderData ? "is-stale" : undefined} aria-busy={isPlaceholderData}>
      <p className="mb-1">{data.summary}</p>
      {data.notes.length > 0 && (
        <ul className="find-notes">
          {data.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {data.points.length > 1 && <ScalingPictures scaling={data} x={x} />}
      <ScalingPoints scaling={data} x={x} />
      <ScalingLaws scaling={data} />
    </div>
  );
}
