import { useSyncExternalStore } from "react";

export type ThemeChoice = "auto" | "light" | "dark";
export type Theme = "light" | "dark";

const KEY = "theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const paper = window.matchMedia("print");
const listeners = new Set<() => void>();
let printing = false;

export function themeChoice(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "auto";
}

/** Whether the page is put on paper. */
const onPaper = () => printing || paper.matches;

/** Paper is white, whatever the screen is. */
export function theme(): Theme {
  if (onPaper()) return "light";
  const choice = themeChoice();
  if (choice !== "auto") return choice;
  return system.matches ? "dark" : "light";
}

/** Puts the theme on the document; called once before the first drawing and at each change. */
export function applyTheme() {
  document.documentElement.dataset.bsTheme = theme();
  for (const listener of listeners) listener();
}

export function chooseTheme(choice: ThemeChoice) {
  if (choice === "auto") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  applyTheme();
}

system.addEventListener("change", applyTheme);
paper.addEventListener("change", applyTheme);
window.addEventListener("storage", applyTheme);
// Sheets are counted before the media query tells of paper.
for (const [event, starts] of [["beforeprint", true], ["afterprint", false]] as const) {
  window.addEventListener(event, () => {
    printing = starts;
    applyTheme();
  });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTheme = () => useSyncExternalStore(subscribe, theme);
export const usePaper = () => useSyncExternalStore(subscribe, onPaper);
export const useThemeChoice = () => useSyncExternalStore(subscribe, themeChoice);
