import { mark } from "../../charts/marks";
import type { Point } from "../../charts/points";
import { useTheme } from "../../theme";

interface Props {
  points: Point[];
  order: string[];
  hide: string[];
  onHide?: (hide: string[]) => void;
}

/** Which mark is which site; a press shows or hides it. */
export function PlotLegend({ points, order, hide, onHide }: Props) {
  const theme = useTheme();
  const names = new Map(points.map(({ site, siteName }) => [site, siteName]));
  const listed = [...names].toSorted(([, a], [, b]) => a.localeCompare(b));
  const toggle = (site: string) =>
    onHide?.(hide.includes(site) ? hide.filter((each) => each !== site) : [...hide, site]);
  return (
    <ul className="legend list-unstyled" aria-label="Sites in the plot">
      {listed.map(([site, name]) => {
        const { colour, shape } = mark(order.indexOf(site), theme);
        const entry = (
          <>
            <svg width="12" height="12" viewBox="-.5 -.5 11 11" aria-hidden="true">
              <path d={shape} fill={colour} />
            </svg>
            {name}
          </>
        );
        return (
          <li key={site}>
            {onHide ? (
              <button type="button" aria-pressed={!hide.includes(site)} onClick={() => toggle(site)}>
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
