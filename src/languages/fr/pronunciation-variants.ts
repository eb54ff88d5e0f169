import { rewrite, type VariantRule } from "../variant-rule.ts";

const VOWEL = "(?:ɑ̃|ɔ̃|ɛ̃|œ̃|a|e|i|o|u|y|ø|œ|ɔ|ə|ɛ)";
const CONSONANT = "(?:b|d|dʒ|f|j|k|l|m|n|p|s|t|tʃ|v|w|z|ŋ|ɡ|ɲ|ʁ|ʃ|ʒ)";
const STOP = "(?:b|d|f|k|p|s|t|v|ɡ)";
const pattern = (text: string): RegExp =>
  new RegExp(text.replaceAll("V", VOWEL).replaceAll("C", CONSONANT).replaceAll("P", STOP), "g");

/** Mute e, merged vowels, simplified clusters, liaison. Costs are estimates: 0.3 for most people, 1.5 for some. */
export const PRONUNCIATION_VARIANTS: readonly VariantRule[] = [
  // "un", "lundi" as "in", "lindi"
  rewrite("merged nasals", 0.3, pattern("(?<= )œ̃ "), "ɛ̃ "),
  // "semaine" → "s'maine", "boulangerie" → "boulang'rie"
  rewrite("mute e", 0.7, pattern("(?<=(?:^|V) C )ə (?=C V)"), ""),
  // "table" → "tab'" or "table-e"
  rewrite("mute e after a cluster", 0.5, pattern("(?<= P [lʁ] )$"), "ə ", { before: "consonant" }),
  rewrite("simplified cluster", 1, pattern("(?<= P )[lʁ] $"), "", { atEnd: true }),
  // "lampe" said with its last letter
  rewrite("final e", 1.5, pattern("(?<=C )$"), "ə ", { spelt: /e(s|nt)?$/, atEnd: true }),
  // "lait", "mets", "éteignait"
  rewrite("closed e at the end", 0.7, pattern("(?<= )ɛ $"), "e "),
  rewrite("open e at the end", 1.5, pattern("(?<= )e $"), "ɛ "),
  rewrite("closed e", 0.9, pattern("(?<= )ɛ (?=C V)"), "e "),
  rewrite("open e", 1, pattern("(?<= )e (?=C V)"), "ɛ "),
  rewrite("closed o", 1, pattern("(?<= )ɔ (?=C V)"), "o "),
  rewrite("open o", 1, pattern("(?<= )o (?=C V)"), "ɔ "),
  rewrite("closed eu", 1, pattern("(?<= )œ (?=C V)"), "ø "),
  rewrite("ni", 1, pattern("(?<= )ɲ "), "n j "),
  rewrite("gn", 0.7, pattern("(?<= )n j "), "ɲ ", { spelt: /gn/ }),
  // "lampes‿allumées"
  rewrite("liaison", 2, pattern("(?<=V (?:[^sz] )?)$"), "z ", { spelt: /[sxz]$/, before: "vowel" }),
];
