import { isLosslessNumber, stringify } from "lossless-json";
import { useMemo } from "react";

import { count } from "./numbers";

const isBranch = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !isLosslessNumber(value);

interface Props {
  value: unknown;
  /** Shows only what holds this text in its key or value, and what leads there. */
  find?: string;
  /** Folds or unfolds everything; without it, what is deep or long is folded. */
  open?: boolean;
}

/** JSON as a tree whose branches fold. */
export function JsonTree({ value, find = "", open }: Props) {
  const text = find.trim().toLowerCase();
  const shown = useMemo(() => (text ? holding(value, text) : undefined), [value, text]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="json-tree" tabIndex={0} role="group" aria-label="JSON tree">
      {shown?.size === 0 ? (
        <p className="text-body-secondary mb-0">Nothing here holds “{find.trim()}”.</p>
      ) : (
        <Node key={`${text} ${open}`} value={value} depth={0} pointer="" shown={shown} open={open} text={text} />
      )}
    </div>
  );
}

const step = (pointer: string, key: string) => `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** JSON pointers of the keys and values that hold a text, and of all above them. */
export function holding(value: unknown, text: string): Set<string> {
  const hits = new Set<string>();
  const visit = (node: unknown, pointer: string, within: boolean): boolean => {
    let hit = within || (!isBranch(node) && String(node).toLowerCase().includes(text));
    if (isBranch(node)) {
      for (const [key, inner] of Object.entries(node)) {
        const named = !Array.isArray(node) && key.toLowerCase().includes(text);
        if (visit(inner, step(pointer, key), within || named)) hit = true;
      }
    }
    if (hit) hits.add(pointer);
    return hit;
  };
  visit(value, "", false);
  return hits;
}

interface NodeProps {
  name?: string;
  value: unknown;
  depth: number;
  pointer: string;
  shown: Set<string> | undefined;
  open: boolean | undefined;
  text: string;
}

function Node({ name, value, depth, pointer, shown, open, text }: NodeProps) {
  const key = name !== undefined && (
    <span className="json-key">
      <Marked words={name} text={text} />:{" "}
    </span>
  );
  if (!isBranch(value)) {
    return (
      <div className="json-leaf">
        {key}
        <span className={`json-${value === null ? "null" : isLosslessNumber(value) ? "number" : typeof value}`}>
          <Marked words={stringify(value) ?? ""} text={text} />
        </span>
      </div>
    );
  }
  const all = Object.entries(value);
  const entries = shown ? all.filter(([child]) => shown.has(step(pointer, child))) : all;
  const [first, last] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const noun = Array.isArray(value) ? "item" : "key";
  const unfolded = open ?? (shown !== undefined || (depth < 3 && entries.length <= 50));
  return (
    <details open={unfolded || depth === 0}>
      <summary>
        {key}
        {first}
        <span className="json-count">
          {count(all.length, noun)} {last}
        </span>
      </summary>
      {entries.map(([child, inner]) => (
        <Node
          key={child}
          name={child}
          value={inner}
          depth={depth + 1}
          pointer={step(pointer, child)}
          shown={shown}
          open={open}
          text={text}
        />
      ))}
      <div className="json-leaf json-close">{last}</div>
    </details>
  );
}

/** The words, with where they hold the text marked. */
function Marked({ words, text }: { words: string; text: string }) {
  const at = text ? words.toLowerCase().indexOf(text) : -1;
  if (at < 0) return words;
  return (
    <>
      {words.slice(0, at)}
      <mark>{words.slice(at, at + text.length)}</mark>
      {words.slice(at + text.length)}
    </>
  );
}
