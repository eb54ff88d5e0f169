/** Types of a list with `type:`, which accepts every way to say such a value. */
export const VALUE_TYPES = ["number", "ordinal", "percent", "duration", "time", "color"] as const;

export type ValueType = (typeof VALUE_TYPES)[number];

/** Converts the sum of a path to the value of a slot; absent: the sum is the value. */
export type ValueFormat = "clock";

/** A time becomes a text, "07:15"; as a number it would look like a duration. */
export function formatOf(type: ValueType): ValueFormat | undefined {
  return type === "time" ? "clock" : undefined;
}

/** Minutes. */
const MINUTES_A_DAY = 24 * 60;

/** Minutes since midnight → "07:15"; a quarter to midnight may come as −15. */
export function toClock(minutes: number): string {
  const ofDay = ((minutes % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
  return [Math.floor(ofDay / 60), ofDay % 60].map((n) => String(n).padStart(2, "0")).join(":");
}
