import { Form } from "react-bootstrap";

import type { Field } from "../../api/types";
import type { Drawing } from "../../charts/drawing";
import { significant } from "../../components/numbers";
import { inReadingOrder } from "./fields";
import { PathSelect } from "./PathSelect";
import { axesOf, canScale, MEASURES, type PlotSettings } from "./plot";
import type { ErrorKind, FitKind, Measure } from "./view";

interface Props {
  settings: PlotSettings;
  drawing: Drawing | undefined;
  fields: Field[];
  onChange: (change: Partial<PlotSettings>) => void;
}

const COLOURS = [
  { value: "site", name: "site" },
  { value: "flavor", name: "flavor" },
  { value: "tags", name: "tags" },
];
const ERRORS: Record<ErrorKind, string> = { range: "smallest to largest", sd: "± standard deviation" };
const FITS: Record<FitKind, string> = {
  linear: "linear",
  quadratic: "quadratic",
  cubic: "cubic",
  logarithmic: "logarithmic",
  exponential: "exponential",
  power: "power law",
};

/** What colours mean, error bars, regression, and scaling against a baseline. */
export function MoreSettings({ settings, drawing, fields, onChange }: Props) {
  const axes = axesOf(settings, fields, []);
  const scalable = axes !== undefined && canScale(axes, fields);
  const curves = (settings.kind === "scatter" || settings.kind === "line") && drawing?.x.text !== true;
  return (
    <div className="plot-controls">
      <Labelled name="Colour by">
        <PathSelect
          label="Colour by"
          value={settings.colour}
          fixed={COLOURS}
          fields={inReadingOrder(fields)}
          all={fields}
          onChange={(colour) => onChange({ colour, hide: [] })}
        />
      </Labelled>
      <Choice
        name="Error bars"
        none={axes?.y.samples ? "none" : "no samples declared"}
        value={settings.errors}
        choices={ERRORS}
        disabled={!axes?.y.samples || settings.kind === "box"}
        onChange={(errors) => onChange({ errors })}
      />
      <Choice
        name="Regression"
        none="none"
        value={settings.fit}
        choices={FITS}
        disabled={!curves}
        onChange={(fit) => onChange({ fit })}
      />
      <Choice<Measure>
        name="Scaling"
        none={scalable ? "as measured" : "not for these axes"}
        value={scalable ? settings.measure : ""}
        choices={MEASURES}
        disabled={!scalable}
        onChange={(measure) => onChange({ measure, base: "", scale_x: "", scale_y: "" })}
      />
      {scalable && settings.measure && (
        <Baseline base={settings.base} ticked={settings.selected} drawing={drawing} onChange={(base) => onChange({ base })} />
      )}
    </div>
  );
}

const Labelled = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="d-flex gap-1 align-items-center">
    <span className="text-body-secondary" aria-hidden="true">
      {name}
    </span>
    {children}
  </div>
);

interface ChoiceProps<Value extends string> {
  name: string;
  /** What the empty choice is called. */
  none: string;
  value: "" | Value;
  choices: Record<Value, string>;
  disabled: boolean;
  onChange: (value: "" | Value) => void;
}

function Choice<Value extends string>({ name, none, value, choices, disabled, onChange }: ChoiceProps<Value>) {
  return (
    <Labelled name={name}>
      <Form.Select
        size="sm"
        aria-label={name}
        value={disabled ? "" : value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as "" | Value)}
      >
        <option value="">{none}</option>
        {(Object.entries(choices) as [Value, string][]).map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </Form.Select>
    </Labelled>
  );
}

interface BaselineProps {
  base: string;
  ticked?: string[];
  drawing: Drawing | undefined;
  onChange: (base: string) => void;
}

/** What speedups are relative to: each group's own smallest, or for all the smallest of one group or a ticked result. */
function Baseline({ base, ticked, drawing, onChange }: BaselineProps) {
  const series = drawing?.series ?? [];
  const points = series.flatMap((each) => each.points);
  const drawn = points.some(({ id }) => id === base);
  const firsts = series.flatMap(({ name, points: own }) => {
    const first = own.toSorted((a, b) => Number(a.x) - Number(b.x))[0];
    return first ? [{ id: first.id, name: `${name}: ${first.flavorName}, ${significant(Number(first.x))}` }] : [];
  });
  const others = points
    .filter(({ id }) => ticked?.includes(id) && !firsts.some((first) => first.id === id))
    .map(({ id, siteName, flavorName, x }) => ({ id, name: `selected: ${flavorName} at ${siteName}, ${significant(Number(x))}` }));
  const choices = [...firsts, ...others];
  return (
    <Labelled name="Relative to">
      <Form.Select size="sm" aria-label="Baseline" value={drawn ? base : ""} onChange={(event) => onChange(event.target.value)}>
        <option value="">the smallest of each group</option>
        {drawn && !choices.some(({ id }) => id === base) && <option value={base}>the chosen result</option>}
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Form.Select>
    </Labelled>
  );
}
