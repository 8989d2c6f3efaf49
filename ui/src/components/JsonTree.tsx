import { count } from "./numbers";

const isBranch = (value: unknown): value is object => typeof value === "object" && value !== null;

/** JSON as a tree whose branches fold. */
export function JsonTree({ value }: { value: unknown }) {
  return (
    <div className="json-tree">
      <Node value={value} depth={0} />
    </div>
  );
}

function Node({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  const key = name !== undefined && <span className="json-key">{name}: </span>;
  if (!isBranch(value)) {
    return (
      <div className="json-leaf">
        {key}
        <span className={`json-${value === null ? "null" : typeof value}`}>{JSON.stringify(value)}</span>
      </div>
    );
  }
  const entries = Object.entries(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const noun = Array.isArray(value) ? "item" : "key";
  return (
    <details open={depth < 3 && entries.length <= 50}>
      <summary>
        {key}
        {open}
        <span className="json-count">
          {count(entries.length, noun)} {close}
        </span>
      </summary>
      {entries.map(([child, inner]) => (
        <Node key={child} name={child} value={inner} depth={depth + 1} />
      ))}
      <div className="json-leaf json-close">{close}</div>
    </details>
  );
}
