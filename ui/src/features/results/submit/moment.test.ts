import { expect, test } from "vitest";

import { momentOf } from "./moment";

const iso = (date: string, time: string, zone: string) => momentOf(date, time, zone)?.toISOString();

test("a clock's time is turned into a moment by its zone, summer time included", () => {
  expect(iso("2024-01-15", "12:00", "UTC")).toBe("2024-01-15T12:00:00.000Z");
  expect(iso("2024-01-15", "12:00", "Europe/Berlin")).toBe("2024-01-15T11:00:00.000Z");
  expect(iso("2024-07-15", "12:00:30", "Europe/Berlin")).toBe("2024-07-15T10:00:30.000Z");
  expect(iso("2024-07-15", "00:30", "Asia/Kolkata")).toBe("2024-07-14T19:00:00.000Z");
  expect(iso("2024-03-31", "01:30", "Europe/Berlin")).toBe("2024-03-31T00:30:00.000Z");
  expect(iso("2024-03-31", "03:30", "Europe/Berlin")).toBe("2024-03-31T01:30:00.000Z");
});

test("half a date is no moment", () => {
  expect(momentOf("", "12:00", "UTC")).toBeUndefined();
  expect(momentOf("2024-01-15", "", "UTC")).toBeUndefined();
});
