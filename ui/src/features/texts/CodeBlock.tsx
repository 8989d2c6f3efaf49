import { CopyButton } from "../../components/CopyButton";

/** Lines to type in a terminal. */
export function CodeBlock({ children }: { children: string }) {
  return (
    <div className="code-block">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} role="group" aria-label="Example">
        <code>{children}</code>
      </pre>
      <CopyButton text={children} />
    </div>
  );
}
