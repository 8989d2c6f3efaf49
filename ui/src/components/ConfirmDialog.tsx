import type { ReactNode } from "react";
import { Button, Modal } from "react-bootstrap";

import { ErrorNotice } from "./ErrorNotice";

interface Props {
  show: boolean;
  title: string;
  /** What happens, and whether it can be undone. */
  children: ReactNode;
  /** The button's words: "Delete the site". */
  action: string;
  busy: boolean;
  error: Error | null;
  /** Whether something must be given first. */
  disabled?: boolean;
  onConfirm: () => void;
  onHide: () => void;
}

/** Asks before something that can't be taken back easily. A refusal is shown inside. */
export function ConfirmDialog({ show, title, children, action, busy, error, disabled, onConfirm, onHide }: Props) {
  return (
    <Modal show={show} onHide={onHide} aria-labelledby="confirm-title">
      <Modal.Header closeButton>
        <Modal.Title id="confirm-title" as="h2">
          {title}
        </Modal.Title>
      </Modal.Header>
      <Modal.Body>
        {children}
        {error && <ErrorNotice error={error} />}
      </Modal.Body>
      <Modal.Footer>
        <Button variant="outline-secondary" onClick={onHide}>
          Cancel
        </Button>
        <Button variant="danger" disabled={busy || disabled} onClick={onConfirm}>
          {action}
        </Button>
      </Modal.Footer>
    </Modal>
  );
}
