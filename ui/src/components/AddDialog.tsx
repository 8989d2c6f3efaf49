import type { ReactNode } from "react";
import { Modal } from "react-bootstrap";

interface Props {
  title: string;
  show: boolean;
  onHide: () => void;
  size?: "lg" | "xl";
  children: ReactNode;
}

/** A form in front of the page. What is typed into it outlives it, as a draft. */
export const AddDialog = ({ title, show, onHide, size, children }: Props) => (
  <Modal show={show} onHide={onHide} size={size} aria-labelledby="add-title">
    <Modal.Header closeButton>
      <Modal.Title id="add-title" as="h2">
        {title}
      </Modal.Title>
    </Modal.Header>
    <Modal.Body>{children}</Modal.Body>
  </Modal>
);
