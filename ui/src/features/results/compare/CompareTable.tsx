import { CloseButton, Form, Table } from "react-bootstrap";

import type { Row } from "../../../api/types";
import { Breakable } from "../../../components/Breakable";
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
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className="table-box compare-box" tabIndex={0} aria-label="Comparison">
      <Table size="sm">
        <caption className="visually-hidden">Comparison</caption>
        <thead>
          <tr>
            <th scope="col">Result</th>
            {items.map((item, place) => (
              <th key={item.id} scope="col" className={place === baseline ? "baseline" : undefined}>
                <Head
                  item={item}
                  isBaseline={place === baseline}
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
              <td colSpan={items.length} />
            </tr>
            {lines.map((line) => (
              <CompareLine key={line.key} line={line} items={items} baseline={baseline} />
            ))}
          </tbody>
        ))}
      </Table>
    </section>
  );
}

interface HeadProps {
  item: Row;
  isBaseline: boolean;
  onBaseline: () => void;
  onRemove?: () => void;
}

function Head({ item: { id, site, flavor, claims_open: claims }, isBaseline, onBaseline, onRemove }: HeadProps) {
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
      {onRemove && <CloseButton aria-label={`Take ${name} out`} onClick={onRemove} />}
      <Form.Check
        type="radio"
        name="baseline"
        id={`baseline ${id}`}
        label="baseline"
        aria-label={`${name} is the baseline`}
        checked={isBaseline}
        onChange={onBaseline}
      />
      {claims > 0 && <Disputed />}
    </div>
  );
}

function CompareLine({ line, items, baseline }: { line: Line; items: Row[]; baseline: number }) {
  const texts = textsOf(line);
  return (
    <tr>
      <th scope="row" title={line.explanation ?? line.name}>
        <Breakable text={line.name} />
        {line.unit && <span className="unit"> ({line.unit})</span>}
      </th>
      {items.map(({ id }, place) => {
        const value = line.values[place];
        const other = !same(value, line.values[baseline]);
        const related = place === baseline ? undefined : ratio(value, line.values[baseline], line.field);
        const numeric = typeof value === "number" ? "number" : "";
        return (
          <td key={id} className={`${numeric} ${other ? "differs" : ""} ${place === baseline ? "baseline" : ""}`}>
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
