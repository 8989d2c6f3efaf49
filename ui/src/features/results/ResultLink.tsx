import type { ReactNode } from "react";
import { Link, useLocation, useNavigate } from "react-router";

import { paths } from "../../paths";

/** Where a result page's way back leads: the list or the comparison as it was left. */
export interface CameFrom {
  pathname?: string;
  search?: string;
}

export function ResultLink({ id, title, children }: { id: string; title?: string; children: ReactNode }) {
  const state: CameFrom = useListed();
  return (
    <Link to={paths.result(id)} state={state} className="clip" title={title}>
      {children}
    </Link>
  );
}

export function useOpenResult() {
  const navigate = useNavigate();
  const state: CameFrom = useListed();
  return (id: string) => void navigate(paths.result(id), { state });
}

function useListed(): CameFrom {
  const { pathname, search } = useLocation();
  return pathname === paths.results || pathname === paths.compare ? { pathname, search } : {};
}
