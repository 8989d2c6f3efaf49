/** The moment when clocks of a zone show this date and time; undefined while these are no date and time. */
export function momentOf(date: string, time: string, zone: string): Date | undefined {
  const shown = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(shown)) return undefined;
  const near = shown - offset(zone, shown);
  return new Date(shown - offset(zone, near));
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offset(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return shown - Math.floor(at / 1000) * 1000;
}

export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** What clocks of a zone show now, for the two inputs. */
export function nowIn(zone: string): { date: string; time: string } {
  const now = Date.now();
  const shown = new Date(now + offset(zone, now)).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 19) };
}
