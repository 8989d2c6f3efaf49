import { useQuery } from "@tanstack/react-query";

import { mark } from "../../charts/marks";
import { useTheme } from "../../theme";
import { sites } from "./queries";

/** The site's mark in all charts. */
export function SiteMark({ site }: { site: string }) {
  const order = useQuery(sites.inOrder());
  const theme = useTheme();
  const place = order.data?.indexOf(site) ?? -1;
  const { colour, shape } = mark(place, theme);
  return (
    <svg className="site-mark" width="12" height="12" viewBox="-.5 -.5 11 11" aria-hidden="true">
      {place >= 0 && <path d={shape} fill={colour} />}
    </svg>
  );
}
