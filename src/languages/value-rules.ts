/** Values whose parts add up. Colours and ordinals are lists instead. */
type SummedType = "number" | "percent" | "duration" | "time";

/**
 * Ways to say the values of a language, as sentence templates whose parts add up to the value: `{1..59:60}` is a number
 * times 60, `{plus:1800}` adds 1800 without a word, `<rule>` is another of these rules. Durations are in seconds, times
 * in minutes since midnight.
 */
export type ValueRules = Readonly<Record<string, string>> & Readonly<Record<SummedType, string>>;

/** Writes a number for a rule, without the error of binary fractions. */
export function decimal(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
