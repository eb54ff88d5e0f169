/** Values whose parts add up; colours and ordinals are lists. */
type SummedType = "number" | "percent" | "duration" | "time";

/**
 * How a language says values, as sentence templates in which everything adds up to the value: `{1..59:60}` is a
 * number times 60, `{plus:1800}` adds 1800 and says nothing, `<rule>` is another of these rules. Seconds for
 * durations, minutes since midnight for times.
 */
export type ValueRules = Readonly<Record<string, string>> & Readonly<Record<SummedType, string>>;

/** A number in a rule, without what binary fractions add to it. */
export function decimal(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
