import { BarChart, BoxplotChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { use as register } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

register([BarChart, BoxplotChart, CustomChart, LineChart, ScatterChart]);
register([GridComponent, LegendComponent, TitleComponent, TooltipComponent, CanvasRenderer, SVGRenderer]);

export { type ECharts, type EChartsCoreOption, init } from "echarts/core";
