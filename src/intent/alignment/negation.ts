import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { packOf } from "../../languages/packs.ts";
import type { Language } from "../../languages/language.ts";
import type { Alignment } from "./aligner.ts";
import type { Lattice } from "./lattice.ts";

/**
 * How an alignment uses a word: as the template's own, as one of a wildcard, as the template's misheard, as part of a
 * skip phrase, or as an extra word.
 */
type WordUse = "own" | "wildcard" | "misheard" | "skipped" | "extra";

/**
 * Whether a text negates the command that it is aligned with: "don't …", "n'allume pas …", "allume plus …", "… but not
 * in the kitchen". The template's own words do not negate, nor do words of a wildcard, except "pas" and "jamais" right
 * after the verb. Words after the command do not count ("… pas trop fort").
 */
export function isNegated(automaton: Automaton, alignment: Alignment, lattice: Lattice): boolean {
  const { language } = automaton;
  const uses = usesOf(automaton, alignment, lattice);
  const first = uses.findIndex(isRead);
  const last = uses.findLastIndex(isRead);
  return lattice.tokens.some(({ word }, i) => {
    const isNegation = packOf(language).words.negations.includes(word);
    const isAfterFirst =
      i === first + 1 &&
      uses[first] !== "wildcard" &&
      packOf(language).words.negationsAfterVerb.includes(word);
    if (uses[i] === "own" || uses[i] === "skipped") return false;
    if (uses[i] === "wildcard") return isAfterFirst && isNegation;
    return isAfterFirst || (isNegation && i < last);
  });
}

/** The negations of a text, independent of any template. */
export function negationsOf(words: readonly string[], language: Language): string[] {
  return words.filter(
    (word, i) =>
      packOf(language).words.negations.includes(word) ||
      (i === 1 && packOf(language).words.negationsAfterVerb.includes(word)),
  );
}

function isRead(use: WordUse): boolean {
  return use !== "skipped" && use !== "extra";
}

/** Per token. */
function usesOf(automaton: Automaton, { steps, tokens }: Alignment, lattice: Lattice): WordUse[] {
  const { arcKind, arcLabel, words, language } = automaton;
  const uses = lattice.tokens.map((): WordUse => "extra");
  for (const { to, token, cost } of lattice.skips.flat()) {
    if (cost === undefined) continue;
    for (let i = token; lattice.nodeOf[i]! < to; i++) uses[i] = "skipped";
  }
  steps.forEach(({ arc }, i) => {
    const [first, last] = tokens[i] ?? [0, -1];
    const word = words[arcLabel[arc]!] ?? "";
    const heard = lattice.tokens.slice(first, last + 1).map((token) => token.word);
    // "dont" counts as the template's "don't", and "never mind" as its "nevermind".
    const isOwn = heard.join("") === word || packOf(language).words.negations.includes(word);
    const use = arcKind[arc] === ARC.anyWord ? "wildcard" : isOwn ? "own" : "misheard";
    uses.fill(use, first, last + 1);
  });
  return uses;
}
