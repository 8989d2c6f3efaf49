import { useState } from "react";
import { Button } from "react-bootstrap";

import { attempt } from "./Complaints";

/** Copies a text; says so. Nothing where the browser has no clipboard for pages (plain http). */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [copied, setCopied] = useState("");
  if (!("clipboard" in navigator)) return null;
  const copy = () => attempt(navigator.clipboard.writeText(text).then(() => setCopied(text)));
  return (
    <Button size="sm" variant="outline-secondary" onClick={copy}>
      {copied === text ? "Copied" : label}
    </Button>
  );
}
