import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";

interface Props {
  label: string;
  className?: string;
  busy?: boolean;
  /** Names of the columns: on a phone they stand before the values of a list. */
  columns?: string[];
  children: ReactNode;
}

/** A frame around a table that may be wider: its edge fades where there is more. */
export function TableBox({ label, className = "", busy, columns, children }: Props) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => (box.current ? watched(box.current) : undefined), []);
  const names = Object.fromEntries((columns ?? []).map((name, place) => [`--column-${place + 1}`, JSON.stringify(name)]));
  return (
    <section
      ref={box}
      className={`table-box ${className}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      aria-busy={busy}
      style={names as CSSProperties}
    >
      {children}
    </section>
  );
}

/** Keeps `data-more` on an element while something is hidden at its right. */
function watched(element: HTMLElement) {
  const look = () => {
    const rest = element.scrollWidth - element.clientWidth - element.scrollLeft;
    element.toggleAttribute("data-more", rest > 1);
  };
  const sizes = new ResizeObserver(look);
  for (const each of [element, ...element.children]) sizes.observe(each);
  element.addEventListener("scroll", look, { passive: true });
  return () => {
    sizes.disconnect();
    element.removeEventListener("scroll", look);
  };
}
