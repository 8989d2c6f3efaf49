import { Button, ButtonGroup, Form } from "react-bootstrap";

import type { Field } from "../../api/types";
import type { Scatter } from "../../charts/option";
import type { Axis } from "../../charts/points";
import { isNumeric, nameWithUnit } from "./fields";
import type { PlotSettings } from "./plot";
import type { Scale } from "./view";

interface Props {
  scatter: Scatter | undefined;
  fields: Field[];
  onChange: (change: Partial<PlotSettings>) => void;
}

export function PlotControls({ scatter, fields, onChange }: Props) {
  const numeric = fields.filter(isNumeric);
  return (
    <div className="plot-controls">
      <AxisControl
        name="Y"
        axis={scatter?.y}
        fields={numeric}
        all={fields}
        onPath={(y) => onChange({ y, scale_y: "" })}
        onScale={(scale_y) => onChange({ scale_y })}
      />
      <AxisControl
        name="X"
        axis={scatter?.x}
        fields={fields}
        all={fields}
        onPath={(x) => onChange({ x, scale_x: "" })}
        onScale={(scale_x) => onChange({ scale_x })}
      />
      <Downloads scatter={scatter} />
    </div>
  );
}

interface AxisProps {
  name: string;
  axis: Axis | undefined;
  fields: Field[];
  all: Field[];
  onPath: (path: string) => void;
  onScale: (scale: Scale) => void;
}

function AxisControl({ name, axis, fields, all, onPath, onScale }: AxisProps) {
  const free = axis && !fields.some(({ path }) => path === axis.path);
  const log = axis?.scale === "log";
  return (
    <div className="d-flex gap-1 align-items-center">
      <span className="fw-semibold" aria-hidden="true">
        {name}
      </span>
      <Form.Select
        aria-label={`${name} axis`}
        size="sm"
        disabled={!axis}
        value={axis?.path ?? ""}
        onChange={(event) => onPath(event.target.value)}
      >
        {free && <option value={axis.path}>{axis.path}</option>}
        {fields.map((field) => (
          <option key={field.path} value={field.path}>
            {nameWithUnit(field, all)}
          </option>
        ))}
      </Form.Select>
      <Button
        size="sm"
        variant="outline-secondary"
        className="toggle"
        disabled={!axis || axis.text}
        aria-pressed={log}
        aria-label={`Logarithmic ${name} axis`}
        onClick={() => onScale(log ? "linear" : "log")}
      >
        log
      </Button>
    </div>
  );
}

async function save(scatter: Scatter, format: "png" | "svg") {
  const { pictureOf } = await import("../../charts/ScatterChart");
  const link = document.createElement("a");
  link.href = pictureOf(scatter, format);
  link.download = `eosc-perf-plot.${format}`;
  link.click();
}

function Downloads({ scatter }: { scatter: Scatter | undefined }) {
  return (
    <ButtonGroup size="sm" className="ms-md-auto" aria-label="Download the plot">
      {(["png", "svg"] as const).map((format) => (
        <Button
          key={format}
          variant="outline-secondary"
          disabled={!scatter}
          aria-label={`Download the plot as ${format.toUpperCase()}`}
          onClick={() => scatter && void save(scatter, format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </ButtonGroup>
  );
}
