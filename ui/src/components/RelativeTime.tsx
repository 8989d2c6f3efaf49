const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export function relative(date: Date, now = new Date()): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return words.format(Math.trunc(seconds / size), unit);
}

export const exact = (date: Date) =>
  date.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" }) + " UTC";

/** When something was, relative to now; the exact time on hover, or behind it. */
export function RelativeTime({ at, exactToo = false }: { at: string; exactToo?: boolean }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={exact(date)}>
      {relative(date)}
      {exactToo && <span className="text-body-secondary">, {exact(date)}</span>}
    </time>
  );
}
