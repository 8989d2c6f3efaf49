import { useState } from "react";
import { Button, CloseButton, Form } from "react-bootstrap";

import { Picker } from "../../components/Picker";
import { benchmarks } from "../benchmarks/queries";
import { fieldName, hint } from "../results/fields";
import { useQuery } from "@tanstack/react-query";
import type { Known } from "./known";
import { pathLabel } from "./labels";
import { type Metric, MOST_METRICS, type Question } from "./question";
import { Slider } from "./Slider";
import { Term } from "./Term";

interface Props {
  question: Question;
  known: Known;
  onChange: (change: Partial<Question>) => void;
}

/** What the task is like: metrics of benchmarks, and how much each counts. */
export function MetricsChoice({ question: { metrics }, known, onChange }: Props) {
  const [adding, setAdding] = useState(false);
  const whole = metrics.reduce((sum, { weight }) => sum + weight, 0);
  const replace = (place: number, metric: Metric) =>
    onChange({ metrics: metrics.map((each, nth) => (nth === place ? metric : each)) });
  return (
    <fieldset>
      <legend>What is your task like?</legend>
      <ul className="metrics-chosen">
        {metrics.map((metric, place) => {
          const title = `${pathLabel(metric.path, known.fields.get(metric.benchmark) ?? [])} of ${known.names.get(metric.benchmark)}`;
          return (
            <li key={`${metric.benchmark} ${metric.path}`}>
              <span className="metric-name">{title}</span>
              {metrics.length > 1 && (
                <>
                  <CloseButton
                    aria-label={`Leave out ${title}`}
                    onClick={() => onChange({ metrics: metrics.filter((_, nth) => nth !== place) })}
                  />
                  <Slider
                    label={`Weight of ${title}`}
                    min={-3}
                    max={3}
                    step={0.5}
                    value={Math.min(3, Math.max(-3, Math.round(Math.log2(metric.weight) * 2) / 2))}
                    textOf={(power) => shareText(weightOf(power), whole - metric.weight)}
                    onChange={(power) => replace(place, { ...metric, weight: weightOf(power) })}
                  />
                </>
              )}
            </li>
          );
        })}
      </ul>
      {metrics.length > 1 && (
        <p className="form-text">
          <Term name="weights">Weights</Term> of {metrics.length} metrics, joined by their{" "}
          <Term name="geometric mean">geometric mean</Term>.
        </p>
      )}
      {adding ? (
        <AddMetric
          chosen={metrics}
          start={metrics[0]?.benchmark ?? ""}
          onAdd={(metric) => {
            setAdding(false);
            onChange({ metrics: [...metrics, metric] });
          }}
          onReplace={(metric) => {
            setAdding(false);
            onChange({ metrics: [metric], filters: [], by: [], per: "" });
          }}
          onLeave={() => setAdding(false)}
        />
      ) : (
        <Button size="sm" variant="outline-secondary" disabled={metrics.length >= MOST_METRICS} onClick={() => setAdding(true)}>
          Other benchmark or metric…
        </Button>
      )}
    </fieldset>
  );
}

const weightOf = (power: number) => Number((2 ** power).toFixed(2));
const shareText = (weight: number, others: number) => `${Math.round((100 * weight) / (weight + others))} %`;

interface AddProps {
  chosen: Metric[];
  start: string;
  onAdd: (metric: Metric) => void;
  onReplace: (metric: Metric) => void;
  onLeave: () => void;
}

function AddMetric({ chosen, start, onAdd, onReplace, onLeave }: AddProps) {
  const [benchmark, setBenchmark] = useState(start);
  const [wanted, setPath] = useState("");
  const about = useQuery({ ...benchmarks.one(benchmark), enabled: benchmark !== "" });
  const declared = useQuery({ ...benchmarks.fields(benchmark), enabled: benchmark !== "" });
  const fields = declared.data?.items ?? [];
  const metrics = fields.filter(({ role }) => role === "metric");
  const free = metrics.filter(({ path }) => !chosen.some((each) => each.benchmark === benchmark && each.path === path));
  const path = free.some((each) => each.path === wanted) ? wanted : (free[0]?.path ?? "");
  const metric = { benchmark, path, weight: 1 };
  return (
    <div className="add-metric" role="group" aria-label="Other benchmark or metric">
      <Picker
        label="Benchmark"
        placeholder="Choose a benchmark"
        chosen={about.data && benchmark ? about.data : null}
        search={benchmarks.search}
        onChoose={setBenchmark}
        autoFocus
      />
      <Form.Select size="sm" aria-label="Metric" value={path} disabled={free.length === 0} onChange={({ target }) => setPath(target.value)}>
        {free.map((each) => (
          <option key={each.path} value={each.path}>
            {fieldName(each, fields)} {each.unit && `(${each.unit})`}, {hint(each)}
          </option>
        ))}
        {free.length === 0 && <option value="">{emptiness(declared.isSuccess, metrics.length)}</option>}
      </Form.Select>
      <div className="add-metric-ways">
        <Button size="sm" disabled={!path} onClick={() => onAdd(metric)}>
          Add it
        </Button>
        <Button size="sm" variant="outline-secondary" disabled={!path} onClick={() => onReplace(metric)}>
          Only this
        </Button>
        <Button size="sm" variant="link" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function emptiness(known: boolean, metrics: number): string {
  if (!known) return "…";
  return metrics === 0 ? "It declares no metric" : "All its metrics are chosen";
}
