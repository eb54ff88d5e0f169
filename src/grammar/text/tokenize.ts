import type { Language } from "../../languages/language.ts";
import { numberWords } from "../numbers/number-words.ts";
import { ordinalWords } from "../values/ordinal-words.ts";
import { splitElisions } from "./elisions.ts";

/** A word as the automaton spells it, and where it stands in the normalised text (UTF-16 units). */
export type Token = {
  readonly word: string;
  readonly start: number;
  readonly end: number;
};

const TOKEN = new RegExp(
  [
    /(?<hour>\d{1,2})(?:[:h]|[ \u00a0]h[ \u00a0]?)(?<minute>[0-5]\d)(?![\p{L}\d:])/u,
    /(?<count>\d{1,4}(?:[.,]\d+)?)[ \u00a0]?(?<unit>h|hrs?|mins?|mn|secs?)(?![\p{L}\p{M}\d'])/u,
    /(?<place>\d{1,3})(?<placed>st|nd|rd|th|er|[eè]?re|[eè]?me|i[eè]me|nde|e)(?![\p{L}\p{M}])/u,
    /(?<number>(?<![\p{L}\p{N}])-(?=\d)|)(?<digits>\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:[.,]\d+)?)/u,
    /(?<word>'s(?![\p{L}\p{M}])|\p{L}[\p{L}\p{M}]*(?:'[\p{L}\p{M}]+)*'?)/u,
    /(?<symbol>[%°€$£&+½²³])/,
  ]
    .map((part) => part.source)
    .join("|"),
  "gu",
);

const SYMBOLS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
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
  fr: {
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
};
/** Spellings that become another, so that they need not be in every template. */
const RESPELLED: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  fr: { pourcent: "pour cent", pourcents: "pour cent" },
};

/** What follows a number in short, by its first letter. */
const UNITS: Readonly<Record<Language, Readonly<Record<string, readonly [string, string]>>>> = {
  en: { h: ["hour", "hours"], m: ["minute", "minutes"], s: ["second", "seconds"] },
  fr: { h: ["heure", "heures"], m: ["minute", "minutes"], s: ["seconde", "secondes"] },
};

/** NFC, one kind of apostrophe, no control characters or lone surrogates; of the same length for usual text. */
export function normalizeText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/[\p{Surrogate}\p{Cc}\p{Cf}]/gu, " ");
}

/**
 * The words of a text in normal form: lower case, punctuation and hyphens gone, elisions apart ("l'", "eau"),
 * numbers and signs in words ("21" → twenty one, "%" → percent). The same for templates and for what people
 * say, so that one need not list spellings. `text` must come from `normalizeText`.
 */
export function tokenize(text: string, language: Language): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const end = start + match[0].length;
    const words = wordsOf(match.groups ?? {}, language);
    const spelled = words.join("").length === match[0].length;
    let at = start;
    for (const word of words) {
      // Elided words stand one after another; the words of a number all stand where the number stands.
      tokens.push(spelled ? { word, start: at, end: at + word.length } : { word, start, end });
      at += word.length;
    }
  }
  return tokens;
}

function wordsOf(groups: Record<string, string | undefined>, language: Language): string[] {
  if (groups["hour"]) return clockWords(Number(groups["hour"]), groups["minute"] ?? "", language);
  if (groups["count"]) return countWords(groups["count"], groups["unit"] ?? "", language);
  if (groups["place"]) return placeWords(groups["place"], groups["placed"] ?? "", language);
  if (groups["digits"])
    return numberWords(plainDigits(groups["number"] ?? "", groups["digits"], language), language);
  if (groups["symbol"]) return (SYMBOLS[language][groups["symbol"]] ?? "").split(" ");
  const word = (groups["word"] ?? "").toLowerCase().normalize("NFC");
  if (language === "fr") return splitElisions(word).flatMap((part) => respell(part, language));
  return respell(word.replace(/(?<=.)'$/, ""), language);
}

/** "7:30" → seven thirty, "18:05" → eighteen oh five; "7h30" → sept heures trente. */
function clockWords(hour: number, minute: string, language: Language): string[] {
  const hours = numberWords(String(hour), language);
  const minutes = minute === "00" ? [] : numberWords(minute.replace(/^0/, ""), language);
  if (language === "fr")
    return [...(hour === 1 ? ["une"] : hours), hour < 2 ? "heure" : "heures", ...minutes];
  if (minute === "00") return [...hours, hour >= 1 && hour <= 12 ? "o'clock" : "hundred"];
  return [...hours, ...(minute.startsWith("0") ? ["oh"] : []), ...minutes];
}

/** "20 min" → twenty minutes */
function countWords(count: string, unit: string, language: Language): string[] {
  const [one, many] = UNITS[language][unit.charAt(0)] ?? [unit, unit];
  const words = numberWords(count, language);
  if (language === "en") return [...words, count === "1" ? one : many];
  return [...(count === "1" ? ["une"] : words), Number.parseFloat(count) < 2 ? one : many];
}

/** "3rd" → third, "2e" → deuxième; what is no such ending in the language is a word of its own. */
function placeWords(digits: string, ending: string, language: Language): string[] {
  const endings = language === "en" ? /^(st|nd|rd|th)$/ : /^(er|[eè]?re|i?[eè]?me|nde?|e)$/;
  const place = Number(digits);
  if (place === 0 || !endings.test(ending)) return [...numberWords(digits, language), ending];
  const feminine = language === "fr" && place === 1 && ending !== "er";
  return ordinalWords(place, language)[feminine ? 1 : 0] ?? [];
}

function plainDigits(sign: string, digits: string, language: Language): string {
  const grouped = language === "en" && /^\d{1,3}(,\d{3})+$/.test(digits);
  const plain = digits.replace(grouped ? /,/g : /[\u00a0\u202f]/g, "");
  return sign + (plain.replace(/^0+(?=\d)/, "") || "0");
}

function respell(word: string, language: Language): string[] {
  return (RESPELLED[language][word] ?? word).split(" ");
}
