import { CloseButton, Form, Table } from "react-bootstrap";

import type { Row } from "../../../api/types";
import { Breakable } from "../../../components/Breakable";
import { TableBox } from "../../../components/TableBox";
import { usePaper } from "../../../theme";
import { ResultLink } from "../ResultLink";
import { Disputed } from "../ResultsTable";
import { type Block, type Line, ratio, same, textsOf } from "./rows";

interface Props {
  items: Row[];
  blocks: Block[];
  /** The place of the result that the others are related to. */
  baseline: number;
  onBaseline: (id: string) => void;
  onRemove: (id: string) => void;
}

/** One column for each result, one line for each thing that can be compared. */
export function CompareTable({ items, blocks, baseline, onBaseline, onRemove }: Props) {
  const all = items.map((_, place) => place);
  const paper = usePaper();
  const parts = paper ? sheets(all, baseline) : [all];
  return parts.map((shown) => (
    <TableBox key={shown.at(-1)} label="Comparison" className="compare-box">
      <Table size="sm">
        <caption className="visually-hidden">Comparison</caption>
        <thead>
          <tr>
            <th scope="col">Result</th>
            {chosen(items, shown).map((item, at) => (
              <th key={item.id} scope="col" className={shown[at] === baseline ? "baseline" : undefined}>
                <Head
                  item={item}
                  isBaseline={shown[at] === baseline}
                  paper={paper}
                  onBaseline={() => onBaseline(item.id)}
                  onRemove={items.length > 1 ? () => onRemove(item.id) : undefined}
                />
              </th>
            ))}
          </tr>
        </thead>
        {blocks.map(({ title, lines }) => (
          <tbody key={title}>
            <tr className="block-title">
              <th scope="rowgroup">{title}</th>
              <td colSpan={shown.length} />
            </tr>
            {lines.map((line) => (
              <CompareLine key={line.key} line={line} shown={shown} baseline={baseline} />
            ))}
          </tbody>
        ))}
      </Table>
    </TableBox>
  ));
}

const ON_PAPER = 6;

/** Of many columns those that stand together on a sheet of paper: the baseline and some others. */
function sheets(places: number[], baseline: number): number[][] {
  if (places.length <= ON_PAPER + 1) return [places];
  const others = places.filter((place) => place !== baseline);
  const length = Math.ceil(others.length / ON_PAPER);
  const each = Math.ceil(others.length / length);
  return Array.from({ length }, (_, nth) => [baseline].concat(others.slice(nth * each, (nth + 1) * each)));
}

const chosen = <Item,>(items: Item[], places: number[]) => places.flatMap((place) => items[place] ?? []);

interface HeadProps {
  item: Row;
  isBaseline: boolean;
  paper: boolean;
  onBaseline: () => void;
  onRemove?: () => void;
}

function Head({ item: { id, site, flavor, claims_open: claims }, isBaseline, paper, onBaseline, onRemove }: HeadProps) {
  const name = `${flavor.name} at ${site.name}`;
  return (
    <div className="compare-head">
      <div>
        <ResultLink id={id} title={flavor.name}>
          {flavor.name}
        </ResultLink>
        <span className="clip fw-normal" title={site.name}>
          {site.name}
        </span>
      </div>
      {paper && isBaseline && <div className="fw-normal">baseline</div>}
      {!paper && onRemove && <CloseButton aria-label={`Take ${name} out`} onClick={onRemove} />}
      {!paper && (
        <Form.Check
          type="radio"
          name="baseline"
          id={`baseline ${id}`}
          label="baseline"
          aria-label={`${name} is the baseline`}
          checked={isBaseline}
          onChange={onBaseline}
        />
      )}
      {claims > 0 && <Disputed />}
    </div>
  );
}

function CompareLine({ line, shown, baseline }: { line: Line; shown: number[]; baseline: number }) {
  const numbers = line.values.every((value) => typeof value === "number" || value === undefined || value === null);
  const texts = textsOf(line);
  return (
    <tr>
      <th scope="row" title={line.explanation ?? line.name}>
        <Breakable text={line.name} />
        {line.unit && <span className="unit"> ({line.unit})</span>}
      </th>
      {shown.map((place) => {
        const value = line.values[place];
        const other = !same(value, line.values[baseline]);
        const related = place === baseline ? undefined : ratio(value, line.values[baseline], line.field);
        const numeric = numbers || typeof value === "number" ? "number" : "";
        return (
          <td key={place} className={`${numeric} ${other ? "differs" : ""} ${place === baseline ? "baseline" : ""}`}>
            {other && (
              <span className="not-equal">
                <span aria-hidden="true">≠ </span>
                <span className="visually-hidden">differs: </span>
              </span>
            )}
            <Breakable text={texts[place] ?? ""} />
            {other && related && <small className="ratio">{related}</small>}
          </td>
        );
      })}
    </tr>
  );
}
