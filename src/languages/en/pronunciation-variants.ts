import { rewrite, type VariantRule } from "../variant-rule.ts";

const VOWEL = "(?:aɪ|aʊ|eɪ|i|oʊ|u|æ|ɑ|ɔɪ|ɔ|ə|ɚ|ɛ|ɪ|ʊ|ʌ)";
const CONSONANT = "(?:b|d|dʒ|f|h|j|k|l|m|n|p|s|t|tʃ|v|w|z|ð|ŋ|ɡ|ɹ|ʃ|ʒ|θ)";
const pattern = (text: string): RegExp =>
  new RegExp(text.replaceAll("V", VOWEL).replaceAll("C", CONSONANT), "g");

/**
 * American English as spoken in a hurry, then British habits where the lexicon has no British form, then what people
 * do who learnt it later. Costs are estimates, not counts: about 0.7 for what many people do, 1.5 for what some do.
 */
export const PRONUNCIATION_VARIANTS: readonly VariantRule[] = [
  // cot and caught alike: "coffee", "on", "dog"
  rewrite("cot-caught", 0.7, pattern("(?<= )ɔ (?!ɹ )"), "ɑ "),
  rewrite("caught-cot", 1.5, pattern("(?<= )ɑ (?!ɹ )"), "ɔ ", { spelt: /o|au|aw|al/ }),
  // "going" → "goin'"
  rewrite("dropped g", 1.5, pattern("(?<= V(?: C)* )ɪ ŋ $"), "ɪ n ", { spelt: /ing$/ }),
  // "camera" → "camra", "chocolate" → "choclate", "favourite"
  rewrite("dropped schwa", 0.8, pattern("(?<=V C )ə (?=[ɹln] V )"), ""),
  rewrite("dropped schwa before r", 0.8, pattern("(?<=V C )ɚ (?=ɹ? ?(?:ə|ɪ|i) )"), "ɹ "),
  rewrite("doubled r", 1, pattern("(?<= )ɚ ɹ (?=V )"), "ɚ "),
  // "button", "kitten": the synthesiser has a glottal stop that the phone set lacks
  rewrite("glottal t", 0.5, pattern("(?<=V )ə n "), "t ə n ", { spelt: /t(en|on|ain|an)/ }),
  // "twenty" → "twenny", "internet" → "innernet"
  rewrite("dropped t after n", 1.2, pattern("(?<=V n )t (?=(?:ɚ|ə|i|ɪ) )"), ""),
  // unstressed vowels: "roses", "wanted", "minute"; "begin", "decide"
  rewrite("schwa for i", 0.8, pattern("(?<= V(?: C)+ )ɪ (?=(?:d|z|t|n|s|st|l|ns) )"), "ə "),
  rewrite("i for schwa", 1.2, pattern("(?<= V(?: C)+ )ə (?=(?:d|z|t|n|s) $)"), "ɪ "),
  rewrite("prefix", 0.8, pattern("^( C(?: ɹ)?) ɪ (?=C V )"), "$1 ə ", {
    spelt: /^(be|de|re|pre|e)/,
  }),
  rewrite("prefix in full", 1, pattern("^( C(?: ɹ)?) ɪ (?=C V )"), "$1 i ", {
    spelt: /^(be|de|re|pre|e)/,
  }),
  rewrite("sure", 0.8, pattern("ʊ ɹ (?!V)"), "ɔ ɹ "),
  // "last" before "night", "and" before "the"
  rewrite("dropped stop", 1.2, pattern("(?<=V (?:s|f|n|l|k|p) )[td] $"), "", {
    before: "consonant",
  }),
  rewrite("non-rhotic", 2, pattern("(?<=V )ɹ (?=C |$)"), ""),
  rewrite("non-rhotic schwa", 1.6, pattern("(?<= )ɚ $"), "ə ", { spelt: /r/ }),
  // "three", "the", "right" by speakers whose first language lacks the sound
  rewrite("th as f", 1, pattern("(?<= )θ "), "f "),
  rewrite("th as s", 1, pattern("(?<= )θ "), "s "),
  rewrite("th as t", 1, pattern("(?<= )θ "), "t "),
  rewrite("th as d", 1, pattern("(?<= )ð "), "d "),
  rewrite("th as z", 1, pattern("(?<= )ð "), "z "),
  rewrite("r as l", 1.5, pattern("(?<= )ɹ (?=V )"), "l "),
  // "two" without the breath after its first sound
  rewrite("voiced p", 1.5, pattern("^ p (?=V |ɹ )"), " b "),
  rewrite("voiced t", 1.5, pattern("^ t (?=V |ɹ )"), " d "),
  rewrite("voiced k", 1.5, pattern("^ k (?=V |ɹ )"), " ɡ "),
];
