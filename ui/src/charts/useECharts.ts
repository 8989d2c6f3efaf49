import { type RefObject, useEffect, useRef } from "react";

import { type ECharts, type EChartsCoreOption, init } from "./echarts";

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
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);

  return [box, chart];
}
