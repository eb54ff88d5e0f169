import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { AFTER_FIRST_WORD, NEGATIONS } from "../../grammar/negation-words.ts";
import type { Language } from "../../languages/language.ts";
import type { Alignment } from "./aligner.ts";
import type { Lattice } from "./lattice.ts";

/** What a reading makes of a word: the template's, one of a wildcard, misheard for the template's, meaningless, or noise. */
type WordUse = "own" | "any" | "misheard" | "idle" | "extra";

/**
 * Whether a text says that what it was read as is not wanted: "don't …", "n'allume pas …", "allume plus …", "… but not
 * in the kitchen". Words that the template itself has are no negation, nor are those that a wildcard took, but for "pas"
 * and "jamais" right after the verb. What comes behind the command counts no more ("… pas trop fort").
 */
export function isNegated(automaton: Automaton, alignment: Alignment, lattice: Lattice): boolean {
  const { language } = automaton;
  const uses = usesOf(automaton, alignment, lattice);
  const first = uses.findIndex(isRead);
  const last = uses.findLastIndex(isRead);
  return lattice.tokens.some(({ word }, i) => {
    const isNegation = NEGATIONS[language].has(word);
    const isAfterFirst =
      i === first + 1 && uses[first] !== "any" && AFTER_FIRST_WORD[language].includes(word);
    if (uses[i] === "own" || uses[i] === "idle") return false;
    if (uses[i] === "any") return isAfterFirst && isNegation;
    return isAfterFirst || (isNegation && i < last);
  });
}

/** The negations of a text, whatever it is read as. */
export function negationsOf(words: readonly string[], language: Language): string[] {
  return words.filter(
    (word, i) =>
      NEGATIONS[language].has(word) || (i === 1 && AFTER_FIRST_WORD[language].includes(word)),
  );
}

function isRead(use: WordUse): boolean {
  return use !== "idle" && use !== "extra";
}

/** Per token. */
function usesOf(automaton: Automaton, { steps, tokens }: Alignment, lattice: Lattice): WordUse[] {
  const { arcKind, arcLabel, words, language } = automaton;
  const uses = lattice.tokens.map((): WordUse => "extra");
  for (const { to, token, cost } of lattice.skips.flat()) {
    if (cost === undefined) continue;
    for (let i = token; (lattice.nodeOf[i] ?? to) < to; i++) uses[i] = "idle";
  }
  steps.forEach(({ arc }, i) => {
    const [first, last] = tokens[i] ?? [0, -1];
    const word = words[arcLabel[arc] ?? 0] ?? "";
    const heard = lattice.tokens.slice(first, last + 1).map((token) => token.word);
    // "dont" is as good as the template's "don't", and "never mind" as its "nevermind".
    const isOwn = heard.join("") === word || NEGATIONS[language].has(word);
    const use = arcKind[arc] === ARC.anyWord ? "any" : isOwn ? "own" : "misheard";
    uses.fill(use, first, last + 1);
  });
  return uses;
}
