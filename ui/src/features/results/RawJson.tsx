import { useState } from "react";
import { Button, ButtonGroup } from "react-bootstrap";

import type { Result } from "../../api/types";
import { JsonTree } from "../../components/JsonTree";

/** The document as the benchmark printed it. */
export function RawJson({ result: { id, json } }: { result: Pick<Result, "id" | "json"> }) {
  const [copied, setCopied] = useState(false);
  const text = JSON.stringify(json, null, 2);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>JSON</h2>
        <ButtonGroup size="sm">
          {"clipboard" in navigator && (
            <Button variant="outline-secondary" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
          <Button variant="outline-secondary" onClick={() => download(`result-${id}.json`, text)}>
            Download
          </Button>
        </ButtonGroup>
      </div>
      <JsonTree value={json} />
    </section>
  );
}

function download(name: string, text: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
