import type { Language } from "../../languages/language.ts";
import { LETTER_NAMES } from "./letter-names.ts";
import type { Pronunciation } from "./pronunciation.ts";
import { withoutAccents } from "./spelling.ts";

/** What follows an English apostrophe, by the sound before it: "kettle's", "alexa's", "fridge's", "john'll". */
export function englishSuffix(suffix: string, last: string): readonly Pronunciation[] | undefined {
  switch (suffix) {
    case "s":
      if (/^(s|z|ʃ|ʒ|tʃ|dʒ)$/.test(last)) return said("ɪ z", "ə z");
      return /^(p|t|k|f|θ)$/.test(last) ? said("s") : said("z");
    case "ll":
      return said("ə l", "l");
    case "d":
      return /^[td]$/.test(last) ? said("ə d", "ɪ d") : said("d", "ə d");
    case "ve":
      return said("ə v", "v");
    case "re":
      return said("ɚ");
    case "m":
      return said("m");
    case "t":
      return said("t");
    default:
      return undefined;
  }
}

function said(...forms: string[]): Pronunciation[] {
  return forms.map((form, i) => ({ phones: form.split(" "), costNats: i * 0.75 }));
}

/** The names of a word's letters in a row, or undefined if one of them has no name. */
export function letterNames(language: Language, word: string): Pronunciation | undefined {
  const names = Array.from(withoutAccents(word).replaceAll(".", ""), (letter) => {
    return LETTER_NAMES[language][letter];
  });
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return { phones: names.join(" ").split(" "), costNats: 0 };
}

const SHORTEST_PART = 3;
const SHORTEST_COMPOUND = 7;

/** How a word divides into two known words, both long enough to mean something; the most even way. */
export function splitCompound(
  word: string,
  isKnown: (part: string) => boolean,
): readonly [string, string] | undefined {
  if (word.length < SHORTEST_COMPOUND) return undefined;
  const middle = word.length / 2;
  const places = Array.from(
    { length: word.length - 2 * SHORTEST_PART + 1 },
    (_, i) => i + SHORTEST_PART,
  );
  places.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  const place = places.find((at) => isKnown(word.slice(0, at)) && isKnown(word.slice(at)));
  return place === undefined ? undefined : [word.slice(0, place), word.slice(place)];
}
