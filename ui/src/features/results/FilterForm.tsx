import { useState } from "react";
import { Button, Form, InputGroup } from "react-bootstrap";

import type { Field } from "../../api/types";
import { inReadingOrder, isNumeric, nameWithUnit } from "./fields";
import { type Filter, mistakeIn, OPERATORS, operatorsFor } from "./filters";

interface Props {
  start: Filter;
  fields: Field[];
  onSave: (filter: Filter) => void;
  onLeave: () => void;
}

const FREE = " free";

/** One filter: a declared field or any path, an operator that suits it, a value. */
export function FilterForm({ start, fields, onSave, onLeave }: Props) {
  const [filter, setFilter] = useState(start);
  const [free, setFree] = useState(!fields.some(({ path }) => path === start.path));
  const [tried, setTried] = useState(false);
  const field = free ? undefined : fields.find(({ path }) => path === filter.path);
  const operators = operatorsFor(field);
  const operator = operators.includes(filter.operator) ? filter.operator : (operators[0] ?? "==");
  const mistake = mistakeIn(filter, field);
  const change = (patch: Partial<Filter>) => setFilter({ ...filter, ...patch });
  const value = {
    value: filter.value,
    onChange: ({ target }: { target: { value: string } }) => change({ value: target.value }),
    isInvalid: tried && mistake !== undefined,
    "aria-describedby": "filter-note",
  };
  const choose = (path: string) => {
    setFree(path === FREE);
    change({ path: path === FREE ? "" : path });
  };
  return (
    <Form
      className="filter-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (mistake) setTried(true);
        else onSave({ ...filter, operator });
      }}
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
    >
      <Form.Select
        size="sm"
        aria-label="Field"
        autoFocus
        value={free ? FREE : filter.path}
        onChange={(event) => choose(event.target.value)}
      >
        {inReadingOrder(fields).map((each) => (
          <option key={each.path} value={each.path}>
            {nameWithUnit(each, fields)}
          </option>
        ))}
        <option value={FREE}>another path…</option>
      </Form.Select>
      {free && (
        <Form.Control
          size="sm"
          aria-label="Path"
          placeholder="machine.memory.total"
          autoFocus
          value={filter.path}
          onChange={(event) => change({ path: event.target.value })}
        />
      )}
      <Form.Select
        size="sm"
        aria-label="Comparison"
        value={operator}
        onChange={(event) => change({ operator: event.target.value })}
      >
        {operators.map((each) => (
          <option key={each} value={each}>
            {OPERATORS[each]}
          </option>
        ))}
      </Form.Select>
      <InputGroup size="sm">
        {field?.type === "boolean" ? (
          <Form.Select aria-label="Value" {...value}>
            <option value="">choose…</option>
            <option value="true">true</option>
            <option value="false">false</option>
          </Form.Select>
        ) : (
          <Form.Control aria-label="Value" inputMode={field && isNumeric(field) ? "decimal" : undefined} {...value} />
        )}
        {field?.unit && <InputGroup.Text>{field.unit}</InputGroup.Text>}
      </InputGroup>
      <Button size="sm" type="submit">
        Apply
      </Button>
      <Button size="sm" variant="link" onClick={onLeave}>
        Cancel
      </Button>
      <div id="filter-note" className="filter-note">
        {tried && mistake ? <span className="text-danger">{mistake}</span> : field?.description}
      </div>
    </Form>
  );
}
