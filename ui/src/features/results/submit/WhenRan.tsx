import { Button, Form } from "react-bootstrap";

import { exact, relative } from "../../../components/RelativeTime";
import { HERE, momentOf, nowIn, ZONES } from "./moment";

interface Ran {
  date: string;
  time: string;
  zone: string;
}

interface Props {
  ran: Ran;
  onChange: (change: Partial<Ran>) => void;
  mistake: string | undefined;
}

/** When the benchmark ran: what a clock showed, and where. */
export function WhenRan({ ran, onChange, mistake }: Props) {
  const moment = momentOf(ran.date, ran.time, ran.zone);
  return (
    <fieldset className="mb-3">
      <legend>When it ran</legend>
      <div className="when-ran">
        <Form.Group controlId="ran-date">
          <Form.Label>Date</Form.Label>
          <Form.Control
            size="sm"
            type="date"
            required
            min="1900-01-01"
            value={ran.date}
            onChange={(event) => onChange({ date: event.target.value })}
            aria-describedby="ran-note"
            aria-invalid={mistake !== undefined}
          />
        </Form.Group>
        <Form.Group controlId="ran-time">
          <Form.Label>Time</Form.Label>
          <Form.Control
            size="sm"
            type="time"
            step="1"
            required
            value={ran.time}
            onChange={(event) => onChange({ time: event.target.value })}
            aria-describedby="ran-note"
            aria-invalid={mistake !== undefined}
          />
        </Form.Group>
        <Form.Group controlId="ran-zone">
          <Form.Label>Time zone</Form.Label>
          <Form.Select size="sm" value={ran.zone} onChange={(event) => onChange({ zone: event.target.value })}>
            {HERE !== "UTC" && <option value={HERE}>{HERE} (yours)</option>}
            {ZONES.filter((zone) => zone !== HERE || zone === "UTC").map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </Form.Select>
        </Form.Group>
        <Button size="sm" variant="outline-secondary" onClick={() => onChange(nowIn(ran.zone))}>
          Just now
        </Button>
      </div>
      <div id="ran-note" className="form-text">
        {mistake ? (
          <span className="text-danger-emphasis">{mistake}</span>
        ) : (
          moment && `${exact(moment)}, ${relative(moment)}`
        )}
      </div>
    </fieldset>
  );
}
