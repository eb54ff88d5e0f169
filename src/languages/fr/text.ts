import type { TextRules } from "../language-pack.ts";
import { agree } from "./agreement.ts";
import { splitElisions } from "./elisions.ts";

const UNITS: ReadonlyMap<string, readonly [one: string, many: string]> = new Map([
  ["h", ["heure", "heures"]],
  ["m", ["minute", "minutes"]],
  ["s", ["seconde", "secondes"]],
]);
/** Alone these are articles at least as often as numbers. */
const ARTICLES = new Set(["un", "une"]);

export const TEXT: TextRules = {
  symbols: {
    "%": "pour cent",
    "°": "degrés",
    "€": "euros",
    $: "dollars",
    "£": "livres",
    "&": "et",
    "+": "plus",
    "½": "demi",
    "²": "carré",
    "³": "cube",
  },
  respelled: { pourcent: "pour cent", pourcents: "pour cent" },
  groupSeparator: undefined,
  decimalSeparator: ",",
  splitWord: splitElisions,
  /** "7h30" → sept heures trente. */
  clock(hour, minute, say) {
    const hours = hour === 1 ? ["une"] : say(String(hour));
    const minutes = minute === "00" ? [] : say(minute.replace(/^0/, ""));
    return [...hours, hour < 2 ? "heure" : "heures", ...minutes];
  },
  count(count, unit, say) {
    const names = UNITS.get(unit);
    const words = count === "1" ? ["une"] : say(count);
    return names && [...words, Number.parseFloat(count) < 2 ? names[0] : names[1]];
  },
  ordinalEnding(n, ending) {
    if (!/^(er|[eè]?re|i?[eè]?me|nde?|e)$/.test(ending)) return undefined;
    return n === 1 && ending !== "er" ? 1 : 0; // "première"
  },
  isNumber(words, previous) {
    if (words[0] === "cent" && previous === "pour") return false;
    return !(words.length === 1 && ARTICLES.has(words[0] ?? ""));
  },
  agree,
};
