import type { Theme } from "../theme";

/** Okabe and Ito's colours that colour-blind people can tell apart, without yellow, which vanishes on white. */
const COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9"];
const LAST = { light: "#22303C", dark: "#E3E9EF" };

/** Outlines in a box of ten by ten. */
const SHAPES = [
  "M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0Z",
  "M.6 .6H9.4V9.4H.6Z",
  "M5 .4L10 9.6H0Z",
  "M5 -.4L10.4 5L5 10.4L-.4 5Z",
  "M3.4 0H6.6V3.4H10V6.6H6.6V10H3.4V6.6H0V3.4H3.4Z",
  "M0 .4H10L5 9.6Z",
  "M1.9 0L5 3.1L8.1 0L10 1.9L6.9 5L10 8.1L8.1 10L5 6.9L1.9 10L0 8.1L3.1 5L0 1.9Z",
];

export interface Mark {
  colour: string;
  shape: string;
}

/** What stands for all groups that are too many to tell apart. */
export const OTHERS: Record<Theme, Mark> = {
  light: { colour: "#7a8794", shape: SHAPES[0] ?? "" },
  dark: { colour: "#8a97a5", shape: SHAPES[0] ?? "" },
};

/** What stands for the n-th group: 49 pairs of colour and shape before one comes again. */
export function mark(index: number, theme: Theme): Mark {
  const colours = [...COLOURS, LAST[theme]];
  const place = Math.max(0, index);
  const shape = (place + Math.floor(place / colours.length)) % SHAPES.length;
  return { colour: colours[place % colours.length] ?? LAST[theme], shape: SHAPES[shape] ?? "" };
}
