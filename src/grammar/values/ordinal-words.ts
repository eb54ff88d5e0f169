import type { Language } from "../../languages/language.ts";
import { spell } from "../numbers/number-graph.ts";
import { packOf } from "../../languages/packs.ts";

/** Bounds the ordinals of `type: ordinal`. */
const MAX_PLACE = 100;

/** Every way to say an ordinal from 1 to 100, with its number. */
export function ordinalNames(language: Language): [said: string, place: number][] {
  const places = Array.from({ length: MAX_PLACE }, (_, i) => i + 1);
  return places.flatMap((n) =>
    ordinalWords(n, language).map((words): [string, number] => [words.join(" "), n]),
  );
}

/** Every ordinal of n ≥ 1, the usual one first. */
export function ordinalWords(n: number, language: Language): string[][] {
  const { numbers, spoken } = packOf(language);
  return spoken.ordinals(n, spell(n, numbers));
}
