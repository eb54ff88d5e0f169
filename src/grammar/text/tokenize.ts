import type { TextRules } from "../../languages/language-pack.ts";
import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";
import { numberWords } from "../numbers/number-words.ts";
import { ordinalWords } from "../values/ordinal-words.ts";

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

/** Digits in groups of three, separated by the sign that only some languages use so. */
const GROUPED = /^\d{1,3}(,\d{3})+$/;

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
  const { text } = packOf(language);
  const say = (digits: string): string[] => numberWords(digits, language);
  const {
    hour,
    minute = "",
    count,
    unit = "",
    place,
    placed = "",
    digits,
    symbol,
    word = "",
  } = groups;
  if (hour) return text.clock(Number(hour), minute, say);
  if (count) return text.count(count, unit.charAt(0), say) ?? [...say(count), unit];
  if (place) return placeWords(place, placed, language);
  if (digits) return say(plainDigits(groups["number"] ?? "", digits, text));
  if (symbol) return (text.symbols[symbol] ?? "").split(" ");
  return text
    .splitWord(word.toLowerCase().normalize("NFC"))
    .flatMap((part) => (text.respelled[part] ?? part).split(" "));
}

/** "3rd" → third, "2e" → deuxième; an ending that the language lacks is a word of its own. */
function placeWords(digits: string, ending: string, language: Language): string[] {
  const place = Number(digits);
  const index = place === 0 ? undefined : packOf(language).text.ordinalEnding(place, ending);
  if (index === undefined) return [...numberWords(digits, language), ending];
  return ordinalWords(place, language)[index] ?? [];
}

/** Digits without the separators of their groups and without leading zeros. */
function plainDigits(sign: string, digits: string, { groupSeparator }: TextRules): string {
  const isGrouped = groupSeparator !== undefined && GROUPED.test(digits);
  const plain = isGrouped
    ? digits.replaceAll(groupSeparator, "")
    : digits.replace(/[\u00a0\u202f]/g, "");
  return sign + (plain.replace(/^0+(?=\d)/, "") || "0");
}
