import type { Language } from "../languages/language.ts";

/** Before a command, or between its words, these say that it is not wanted. */
export const NEGATIONS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(["don't", "dont", "not", "never", "mustn't", "shouldn't"]),
  fr: new Set(["ne", "n'", "pas", "jamais"]),
};

/** These do so right after its first word ("allume plus la lampe"); elsewhere "plus" is "more". */
export const AFTER_FIRST_WORD: Readonly<Record<Language, readonly string[]>> = {
  en: [],
  fr: ["pas", "plus", "jamais"],
};
