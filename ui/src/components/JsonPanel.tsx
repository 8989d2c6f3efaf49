import { stringify } from "lossless-json";
import { useState } from "react";
import { Button, ButtonGroup, Form } from "react-bootstrap";

import { CopyButton } from "./CopyButton";
import { download } from "./download";
import { JsonTree } from "./JsonTree";

/** A JSON document, from `JSON` or `lossless-json`: to fold, search, copy, and take away as a file. */
export function JsonPanel({ title, value, file }: { title: string; value: unknown; file: string }) {
  const [find, setFind] = useState("");
  const [open, setOpen] = useState<boolean>();
  const text = stringify(value, null, 2) ?? "";
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        <div className="json-tools">
          <Form.Control
            type="search"
            size="sm"
            placeholder="Search"
            aria-label={`Search in ${title}`}
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
          <ButtonGroup size="sm">
            <Button variant="outline-secondary" onClick={() => setOpen(!open)}>
              {open ? "Fold all" : "Unfold all"}
            </Button>
            <CopyButton text={text} />
            <Button variant="outline-secondary" onClick={() => download(file, text)}>
              Download
            </Button>
          </ButtonGroup>
        </div>
      </div>
      <JsonTree value={value} find={find} open={open} />
    </section>
  );
}
