import type { LanguagePack } from "../language-pack.ts";
import { COLORS } from "./colors.ts";
import { EVERYDAY_TALK } from "./everyday-talk.ts";
import { LETTER_NAMES } from "./letter-names.ts";
import { NUMBERS } from "./numbers.ts";
import { OWN_TEXTS } from "./own-texts.ts";
import { PRONUNCIATION_VARIANTS } from "./pronunciation-variants.ts";
import { SPOKEN } from "./spoken.ts";
import { suffixForms } from "./suffixes.ts";
import { TEXT } from "./text.ts";
import { VALUES } from "./values.ts";
import { WORDS } from "./words.ts";

export const ENGLISH: LanguagePack = {
  code: "en",
  numbers: NUMBERS,
  values: VALUES,
  spoken: SPOKEN,
  colors: COLORS,
  text: TEXT,
  words: WORDS,
  pronunciation: {
    letterNames: LETTER_NAMES,
    variants: PRONUNCIATION_VARIANTS,
    suffix: suffixForms,
    hasCompounds: true,
  },
  everydayTalk: EVERYDAY_TALK,
  own: OWN_TEXTS,
};
