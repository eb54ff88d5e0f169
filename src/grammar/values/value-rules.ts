import type { Language } from "../../languages/language.ts";
import { ENGLISH_VALUES } from "./english-values.ts";
import { FRENCH_VALUES } from "./french-values.ts";
import type { ValueRules } from "./rules-of-language.ts";

export const VALUE_RULES: Readonly<Record<Language, ValueRules>> = {
  en: ENGLISH_VALUES,
  fr: FRENCH_VALUES,
};
