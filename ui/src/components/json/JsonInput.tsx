import { type DragEvent, type ReactNode, useId, useRef, useState } from "react";
import { Button } from "react-bootstrap";

import { attempt } from "../Complaints";
import { count } from "../numbers";
import { later } from "../later";
import type { EditorHandle } from "./Editor";
import type { Mistake } from "./places";

const Editor = later(async () => (await import("./Editor")).default);

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  mistakes: Mistake[];
  /** Where the check stands, in words. */
  state: ReactNode;
  help?: ReactNode;
  children?: ReactNode;
}

const isFile = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** JSON is UTF-8: other bytes would be read as signs that nobody wrote. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file.name} is not a text in UTF-8, as JSON is.`);
  }
}

/** A JSON text to drop, choose, paste or type, and the list of what is wrong with it. children: more buttons. */
export function JsonInput({ label, value, onChange, mistakes, state, help, children }: Props) {
  const id = useId();
  const editor = useRef<EditorHandle>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file) attempt(textOf(file).then(onChange));
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    take(event.dataTransfer.files[0]);
  };
  return (
    <section aria-label={label}>
      <div className="json-input-head">
        <span aria-hidden="true">{label}</span>
        <span className="json-input-ways">
          {children}
          <Button size="sm" variant="outline-secondary" onClick={() => chooser.current?.click()}>
            Choose a file…
          </Button>
          <input
            ref={chooser}
            type="file"
            accept=".json,application/json,text/plain"
            hidden
            aria-label={`File for ${label}`}
            onChange={({ target }) => {
              take(target.files?.[0]);
              target.value = "";
            }}
          />
        </span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button does the same without a mouse */}
      <div
        className={`json-drop ${over ? "is-over" : ""}`}
        onDropCapture={drop}
        onDragOverCapture={(event) => {
          if (!isFile(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
      >
        <Editor
          waiting={<div className="json-editor" aria-busy="true" />}
          ref={editor}
          label={label}
          value={value}
          mistakes={mistakes}
          onChange={onChange}
          describedBy={`${id}-help`}
        />
      </div>
      <div id={`${id}-help`} className="form-text">
        {help}
      </div>
      <div aria-live="polite" className="json-check">
        {mistakes.length > 0 ? (
          <>
            <p className="text-danger-emphasis mb-1">{count(mistakes.length, "mistake")}</p>
            <ul className="mistakes">
              {mistakes.map((mistake) => (
                <li key={`${mistake.from} ${mistake.pointer} ${mistake.detail}`}>
                  <Button size="sm" variant="link" onClick={() => editor.current?.goTo(mistake.from)}>
                    Line {mistake.line}
                  </Button>{" "}
                  {mistake.pointer && <code>{mistake.pointer}</code>} {mistake.detail}
                </li>
              ))}
            </ul>
          </>
        ) : (
          state
        )}
      </div>
    </section>
  );
}
