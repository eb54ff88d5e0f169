import type { TextRules } from "../language-pack.ts";

const UNITS: ReadonlyMap<string, readonly [one: string, many: string]> = new Map([
  ["h", ["hour", "hours"]],
  ["m", ["minute", "minutes"]],
  ["s", ["second", "seconds"]],
]);
/** Alone these are articles at least as often as numbers. */
const ARTICLES = new Set(["one", "a"]);

export const TEXT: TextRules = {
  symbols: {
    "%": "percent",
    "°": "degrees",
    "€": "euros",
    $: "dollars",
    "£": "pounds",
    "&": "and",
    "+": "plus",
    "½": "half",
    "²": "squared",
    "³": "cubed",
  },
  respelled: {},
  groupSeparator: ",",
  decimalSeparator: ".",
  splitWord: (word) => [word.replace(/(?<=.)'$/, "")],
  /** "7:30" → seven thirty, "18:05" → eighteen oh five. */
  clock(hour, minute, say) {
    const hours = say(String(hour));
    if (minute === "00") return [...hours, hour >= 1 && hour <= 12 ? "o'clock" : "hundred"];
    return [...hours, ...(minute.startsWith("0") ? ["oh"] : []), ...say(minute.replace(/^0/, ""))];
  },
  count(count, unit, say) {
    const names = UNITS.get(unit);
    return names && [...say(count), count === "1" ? names[0] : names[1]];
  },
  ordinalEnding: (_, ending) => (/^(st|nd|rd|th)$/.test(ending) ? 0 : undefined),
  isNumber: (words) => !(words.length === 1 && ARTICLES.has(words[0] ?? "")),
};
