import { Form } from "react-bootstrap";

import type { Ranking } from "../../api/types";
import { count } from "../../components/numbers";
import { parseFilter } from "../results/filters";
import type { Known } from "./known";
import { pathLabel } from "./labels";
import { filteredBy, type Question } from "./question";
import { Term } from "./Term";

interface Props {
  question: Question;
  known: Known;
  answer: Ranking;
  onChange: (change: Partial<Question>) => void;
}

type Value = Ranking["comparability"][number]["parameters"][number];

/** At which parameters results are compared, how many have others, and a way to choose those. */
export function Comparability({ question: { filters }, known, answer, onChange }: Props) {
  return answer.comparability
    .filter(({ parameters }) => parameters.length > 0)
    .map(({ benchmark, parameters, results, outside, others }) => {
      const fields = known.fields.get(benchmark.id) ?? [];
      const words = (values: Value[]) => values.map(({ path, value }) => `${pathLabel(path, fields)} ${written(value)}`).join(", ");
      const paths = new Set(parameters.map(({ path }) => path));
      const fixed = filters.some((text) => paths.has(parseFilter(text)?.path ?? ""));
      const without = filters.filter((text) => !paths.has(parseFilter(text)?.path ?? ""));
      const choose = (text: string) => {
        const other = others[Number(text)]?.parameters ?? [];
        const chosen = other.flatMap(({ path, value }) => filteredBy([], path, [["==", written(value)]]));
        onChange({ filters: [...without, ...(text === "" ? [] : chosen)] });
      };
      return (
        <div key={benchmark.id} className="comparability">
          {answer.comparability.length > 1 && <b>{known.names.get(benchmark.id)}: </b>}
          {count(results, "result")} with the same <Term name="parameters">parameters</Term>: {words(parameters)}.{" "}
          {outside > 0 && `${count(outside, "result")} with others stayed outside.`}
          {(others.length > 0 || fixed) && (
            <Form.Select size="sm" aria-label={`Parameters of ${known.names.get(benchmark.id)}`} value="now" onChange={({ target }) => choose(target.value)}>
              <option value="now">Compare at other parameters…</option>
              {others
                .map((other, place) => ({ ...other, place }))
                .filter((other) => other.parameters.every(({ value }) => value !== null))
                .map((other) => (
                  <option key={words(other.parameters)} value={other.place}>
                    {words(other.parameters)} ({count(other.results, "result")}, {count(other.candidates, "candidate")})
                  </option>
                ))}
              {fixed && <option value="">those with most candidates</option>}
            </Form.Select>
          )}
        </div>
      );
    });
}

const written = (value: Value["value"]) => (value === null ? "not given" : String(value));
