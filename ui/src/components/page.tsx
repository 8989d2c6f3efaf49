import type { ComponentType } from "react";

import { later } from "./later";
import { Title } from "./Title";

interface Page {
  Component: ComponentType;
}

/** Loads a page when someone goes there; where that fails, what says so and tries again stands in for it. */
export const page = (load: () => Promise<Page>) => () => load().catch(() => ({ Component: lateComer(load) }));

function lateComer(load: () => Promise<Page>) {
  const Late = later(async () => (await load()).Component);
  const waiting = <p aria-busy="true">Loading the page…</p>;
  const failed = (
    <>
      <Title>Not loaded</Title>
      <h1>This page was not loaded</h1>
    </>
  );
  return () => <Late waiting={waiting} failed={failed} />;
}
