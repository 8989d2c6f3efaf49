/** As `ref`: focuses what takes the place of a form that is done. */
export const focus = (element: HTMLElement | null) => element?.focus();
