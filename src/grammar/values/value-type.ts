/** What a list with `type:` takes: everything that people say for such a value. */
export const VALUE_TYPES = ["number", "ordinal", "percent", "duration", "time", "color"] as const;

export type ValueType = (typeof VALUE_TYPES)[number];

/** How the sum of a path becomes the value of a slot. Absent: as it is. */
export type ValueFormat = "clock";

/** A time is a text, "07:15": as a number of minutes nobody could tell it from a duration. */
export function formatOf(type: ValueType): ValueFormat | undefined {
  return type === "time" ? "clock" : undefined;
}

const MINUTES_A_DAY = 24 * 60;

/** Minutes since midnight → "07:15"; a quarter to midnight may come as −15. */
export function toClock(minutes: number): string {
  const ofDay = ((minutes % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
  return [Math.floor(ofDay / 60), ofDay % 60].map((n) => String(n).padStart(2, "0")).join(":");
}
