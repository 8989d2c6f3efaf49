import { type ReactNode, useId } from "react";
import { OverlayTrigger, Popover } from "react-bootstrap";

import { type TermName, TERMS } from "./terms";

const inside = () => document.getElementById("content");

/** A word with its explanation behind it: by mouse, touch or keyboard. Escape or a press elsewhere closes it. */
export function Term({ name, children }: { name: TermName; children?: ReactNode }) {
  const id = useId();
  const explanation = (
    <Popover id={id}>
      <Popover.Body>{TERMS[name]}</Popover.Body>
    </Popover>
  );
  return (
    <OverlayTrigger trigger="click" rootClose placement="auto" container={inside} overlay={explanation}>
      <button type="button" className="term" title="What does this mean?">
        {children ?? name}
      </button>
    </OverlayTrigger>
  );
}
