import { Badge } from "react-bootstrap";

/** Nothing for what is approved. */
export const StatusBadge = ({ status }: { status: string }) =>
  status === "on_review" ? (
    <Badge bg="warning" text="dark" className="align-middle" title="Seen only by its uploader and admins">
      waits for review
    </Badge>
  ) : null;
