import { useState } from "react";
import { Button, Form } from "react-bootstrap";

import type { Field } from "../../api/types";
import type { Drawing } from "../../charts/drawing";
import type { Axis } from "../../charts/points";
import { isNumeric } from "./fields";
import { PathSelect } from "./PathSelect";
import { axesOf, KINDS, type PlotSettings } from "./plot";
import { PlotDownloads } from "./PlotDownloads";
import { MoreSettings } from "./MoreSettings";
import { defaults, type Kind, type Scale } from "./view";

interface Props {
  settings: PlotSettings;
  drawing: Drawing | undefined;
  fields: Field[];
  onChange: (change: Partial<PlotSettings>) => void;
}

/** What is drawn on which axis; the rarer settings fold away. */
export function PlotControls({ settings, drawing, fields, onChange }: Props) {
  const rare = ["colour", "errors", "fit", "measure"] as const;
  const [more, setMore] = useState(rare.some((name) => settings[name] !== defaults[name]));
  const axes = axesOf(settings, fields, []);
  const numeric = fields.filter(isNumeric);
  return (
    <>
      <div className="plot-controls">
        <Form.Select
          aria-label="Kind of chart"
          size="sm"
          value={settings.kind}
          onChange={(event) => onChange({ kind: event.target.value as Kind })}
        >
          {Object.entries(KINDS).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </Form.Select>
        <AxisControl
          name="Y"
          path={axes?.y.path}
          drawn={drawing?.y}
          fields={numeric}
          all={fields}
          onPath={(y) => onChange({ y, scale_y: "", measure: "" })}
          onScale={(scale_y) => onChange({ scale_y })}
        />
        <AxisControl
          name="X"
          path={axes?.x.path}
          drawn={drawing?.x}
          categories={settings.kind === "bar" || settings.kind === "box"}
          fields={fields}
          all={fields}
          onPath={(x) => onChange({ x, scale_x: "" })}
          onScale={(scale_x) => onChange({ scale_x })}
        />
        <Button size="sm" variant="link" aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? "Fewer settings" : "More settings"}
        </Button>
        <PlotDownloads drawing={drawing} />
      </div>
      {more && <MoreSettings settings={settings} drawing={drawing} fields={fields} onChange={onChange} />}
    </>
  );
}

interface AxisProps {
  name: string;
  path: string | undefined;
  /** The axis as it is drawn. */
  drawn: Axis | undefined;
  categories?: boolean;
  fields: Field[];
  all: Field[];
  onPath: (path: string) => void;
  onScale: (scale: Scale) => void;
}

function AxisControl({ name, path, drawn, categories = false, fields, all, onPath, onScale }: AxisProps) {
  const log = drawn?.scale === "log" && !categories;
  return (
    <div className="d-flex gap-1 align-items-center">
      <span className="fw-semibold" aria-hidden="true">
        {name}
      </span>
      <PathSelect label={`${name} axis`} value={path ?? ""} fields={fields} all={all} disabled={!path} onChange={onPath} />
      <Button
        size="sm"
        variant="outline-secondary"
        className="toggle"
        disabled={!drawn || drawn.text || categories}
        aria-pressed={log}
        aria-label={`Logarithmic ${name} axis`}
        onClick={() => onScale(log ? "linear" : "log")}
      >
        log
      </Button>
    </div>
  );
}
