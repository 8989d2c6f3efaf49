import type { Series } from "../../charts/drawing";

interface Props {
  series: Series[];
  label: string;
  hide: string[];
  onHide?: (hide: string[]) => void;
}

/** Which mark is which group; a press shows or hides it. */
export function PlotLegend({ series, label, hide, onHide }: Props) {
  const toggle = (id: string) => onHide?.(hide.includes(id) ? hide.filter((each) => each !== id) : [...hide, id]);
  return (
    <ul className="legend list-unstyled" aria-label={label}>
      {series.map(({ id, name, mark: { colour, shape }, hidden }) => {
        const entry = (
          <>
            <svg width="12" height="12" viewBox="-.5 -.5 11 11" aria-hidden="true">
              <path d={shape} fill={colour} />
            </svg>
            {name}
          </>
        );
        return (
          <li key={id}>
            {onHide ? (
              <button type="button" aria-pressed={!hidden} onClick={() => toggle(id)}>
                {entry}
              </button>
            ) : (
              <span>{entry}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
