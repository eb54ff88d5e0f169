import type { SpokenValues } from "../language-pack.ts";

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["one", "first"],
  ["two", "second"],
  ["three", "third"],
  ["five", "fifth"],
  ["eight", "eighth"],
  ["nine", "ninth"],
  ["twelve", "twelfth"],
]);

export const SPOKEN: SpokenValues = {
  ordinals: (_, ways) => ways.map(toOrdinal),
  units: [
    { seconds: 86_400, one: "day", many: "days" },
    { seconds: 3600, one: "hour", many: "hours" },
    { seconds: 60, one: "minute", many: "minutes" },
    { seconds: 1, one: "second", many: "seconds" },
  ],
  and: "and",
  isPlural: (count) => count !== 1,
  fitUnit: (words) => words,
  time(hour, minute, say) {
    const spoken = say(hour % 12 === 0 ? 12 : hour % 12);
    const minutes = minute === 0 ? "" : say(minute);
    const past = minute > 0 && minute < 10 ? `oh ${minutes}` : minutes;
    return `${spoken} ${past} ${hour < 12 ? "am" : "pm"}`.replace(/ {2,}/, " ");
  },
};

function toOrdinal(words: readonly string[]): string[] {
  const last = words.at(-1) ?? "";
  const ordinal = IRREGULAR.get(last) ?? `${last.replace(/y$/, "ie")}th`;
  return [...words.slice(0, -1), ordinal];
}
