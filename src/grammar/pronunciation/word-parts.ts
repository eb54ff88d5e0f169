import type { PronunciationRules } from "../../languages/language-pack.ts";
import type { Pronunciation } from "./pronunciation.ts";
import { withoutAccents } from "./spelling.ts";

/** The names of a word's letters in a row, or undefined if one of them has no name. */
export function letterNames(rules: PronunciationRules, word: string): Pronunciation | undefined {
  const names = Array.from(withoutAccents(word).replaceAll(".", ""), (letter) => {
    return rules.letterNames[letter];
  });
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return { phones: names.join(" ").split(" "), costNats: 0 };
}

const MIN_PART_LETTERS = 3;
const MIN_COMPOUND_LETTERS = 7;

/** How a word divides into two known words, both long enough to mean something; the most even way. */
export function splitCompound(
  word: string,
  isKnown: (part: string) => boolean,
): readonly [string, string] | undefined {
  if (word.length < MIN_COMPOUND_LETTERS) return undefined;
  const middle = word.length / 2;
  const places = Array.from(
    { length: word.length - 2 * MIN_PART_LETTERS + 1 },
    (_, i) => i + MIN_PART_LETTERS,
  );
  places.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  const place = places.find((at) => isKnown(word.slice(0, at)) && isKnown(word.slice(at)));
  return place === undefined ? undefined : [word.slice(0, place), word.slice(place)];
}
