import { type RefObject, useEffect, useRef } from "react";

import { type ECharts, type EChartsCoreOption, init } from "./echarts";

/** The width of an upright A4 page within its margins, in pixels. */
const PAPER = 680;

/** A drawing in a box that follows the box's size. option: to be the same object as long as it says the same. */
export function useECharts(option: EChartsCoreOption): [RefObject<HTMLDivElement | null>, RefObject<ECharts | null>] {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);

  useEffect(() => {
    if (!box.current) return undefined;
    const made = init(box.current);
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    // A printer does not wait for the next frame.
    const toPaper = () => {
      made.resize({ width: PAPER });
      made.getZr().flush();
    };
    const toScreen = () => made.resize();
    window.addEventListener("beforeprint", toPaper);
    window.addEventListener("afterprint", toScreen);
    return () => {
      watch.disconnect();
      window.removeEventListener("beforeprint", toPaper);
      window.removeEventListener("afterprint", toScreen);
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption({ ...option }, { notMerge: true }); // ECharts takes `media` out of what it is given
    if (window.matchMedia("print").matches) chart.current?.getZr().flush();
  }, [option]);

  return [box, chart];
}
