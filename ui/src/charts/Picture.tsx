import type { Theme } from "../theme";
import { type EChartsCoreOption, init } from "./echarts";
import { surface } from "./option";
import { useECharts } from "./useECharts";

interface Props {
  option: EChartsCoreOption;
  label: string;
  low?: boolean;
}

/** A drawing that says nothing but what the page says in words or a table beside it. Loaded when one is shown. */
export default function Picture({ option, label, low = false }: Props) {
  const [box] = useECharts(option);
  return <div ref={box} className={low ? "picture picture-low" : "picture"} role="img" aria-label={label} />;
}

interface Size {
  width: number;
  height: number;
}

/** A drawing as a file's address. */
export function pictureUrl(option: EChartsCoreOption, format: "png" | "svg", size: Size, theme: Theme): string {
  const renderer = format === "png" ? "canvas" : "svg";
  const made = init(document.createElement("div"), undefined, { renderer, ...size });
  made.setOption(option);
  const url = made.getDataURL({ pixelRatio: 2, backgroundColor: surface(theme) });
  made.dispose();
  return url;
}
