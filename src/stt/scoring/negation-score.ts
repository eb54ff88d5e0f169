import { ARC, type Automaton, type PathStep } from "../../grammar/automaton.ts";
import { packOf } from "../../languages/packs.ts";
import { isOwnIntent } from "../../grammar/own-intents.ts";
import { ctcLogProb } from "../../models/ctc-score.ts";
import type { GrammarNetwork } from "../network/grammar-network.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { FormsOf } from "../../models/word-forms.ts";
import { type Posteriors, sliceFrames } from "../../models/posteriors.ts";
import type { WordSpan } from "../search/word-history.ts";
import { ANY_WORD } from "../network/word-network.ts";

/** Bounds the words that are scored again: the verb and two that the search may have put in place of a negation. */
const MAX_WORDS = 3;
/** Letters that forms of one French verb share at least. */
const STEM_LETTERS = 2;

/**
 * Scores negations right after the first word of a command, as people use them in French: "allume pas la lampe". The
 * search has no word for them there, and divides their frames between the words beside them.
 */
export class NegationScorer {
  readonly #automaton: Automaton;
  readonly #network: GrammarNetwork;
  readonly #formsOf: FormsOf;

  constructor(automaton: Automaton, network: GrammarNetwork, formsOf: FormsOf) {
    this.#automaton = automaton;
    this.#network = network;
    this.#formsOf = formsOf;
  }

  /**
   * Gain of a negation over none, nats, in the command where it fits best; 0 if it fits worse or the
   * templates allow it there, Infinity if a wildcard took it.
   * @param posteriors after the blank penalty
   */
  nats(
    posteriors: Posteriors,
    { sequence, words, firstWords }: Pick<Hypothesis, "sequence" | "words" | "firstWords">,
  ): number {
    if (packOf(this.#automaton.language).words.negationsAfterVerb.length === 0) return 0;
    const found = sequence.words;
    const gains = firstWords.map((first) => {
      const at = found.findIndex(({ startFrame }) => startFrame === words[first]?.startFrame);
      if (at < 0 || found[at]!.word === ANY_WORD) return 0;
      if (found[at + 1]?.word !== ANY_WORD) return this.#gainAfter(posteriors, found, at);
      return this.#isNegation(words[first + 1]?.text ?? "") ? Infinity : 0;
    });
    return Math.max(0, ...gains);
  }

  #gainAfter(posteriors: Posteriors, found: readonly WordSpan[], at: number): number {
    const { language } = this.#automaton;
    const open = found.findIndex(({ word }, i) => i > at && word === ANY_WORD);
    const last = Math.min(at + MAX_WORDS, open < 0 ? found.length : open);
    const [first, ...next] = found.slice(at, last).map(({ word }) => word);
    const end = last < found.length ? found[last - 1]!.endFrame : posteriors.frames;
    const stretch = sliceFrames(posteriors, found[at]!.startFrame, end);
    const fit = (verbs: readonly number[], ...others: readonly string[]): number =>
      ctcLogProb(stretch, [
        verbs.flatMap((verb) => this.#formsOf(this.#text(verb))),
        ...others.map((word) => this.#formsOf(word)),
      ]);
    const texts = next.map((word) => this.#text(word));
    const without = packOf(language).words.hesitations.map((word) => fit([first!], word, ...texts));
    const before = this.#stateAfter(found.slice(0, at));
    // The word behind the verb may be the negation itself: "enlève pas deux minutes" decoded as "enlève vingt deux minutes".
    const skipped = last === open ? [0] : [0, 1];
    const negated = skipped.flatMap((skip) =>
      packOf(language).words.negationsAfterVerb.map((word) => {
        const verbs = this.#verbs(before, first!, word, next[skip]);
        return verbs.length === 0 ? -Infinity : fit(verbs, word, ...texts.slice(skip));
      }),
    );
    const gain = Math.max(...negated) - Math.max(fit([first!], ...texts), ...without);
    return Number.isFinite(gain) ? Math.max(0, gain) : 0;
  }

  /**
   * Forms of the verb ("éteins", "éteindre") that the templates allow in its place before `next`, or at the end, without
   * those after which the templates allow the negation as well.
   */
  #verbs(state: number, verb: number, negation: string, next: number | undefined): number[] {
    const network = this.#network;
    const stem = this.#text(verb).slice(0, STEM_LETTERS);
    const label = this.#automaton.words.indexOf(negation);
    return Array.from(network.continuations(state).words).filter((word, i) => {
      if (!this.#text(word).startsWith(stem)) return false;
      const after = network.next(state, i);
      const negated = network.continuations(after).words.indexOf(label);
      const isOwn = negated >= 0 && this.#goesOn(network.next(after, negated), next);
      return this.#goesOn(after, next) && !isOwn;
    });
  }

  /** Whether this word may follow; undefined stands for the end. */
  #goesOn(state: number, next: number | undefined): boolean {
    return next === undefined
      ? this.#network.finalCost(state) < Infinity
      : this.#network.continuations(state).words.includes(next);
  }

  #stateAfter(found: readonly WordSpan[]): number {
    const network = this.#network;
    return found.reduce(
      (at, { word }) => network.next(at, network.continuations(at).words.indexOf(word)),
      network.start,
    );
  }

  #text(word: number): string {
    return this.#automaton.words[word] ?? "";
  }

  /** Whether a word negates even at the beginning of a wildcard, where "plus" means "more". */
  #isNegation(word: string): boolean {
    const { language } = this.#automaton;
    return (
      packOf(language).words.negationsAfterVerb.includes(word) &&
      packOf(language).words.negations.includes(word)
    );
  }
}

/** Indices of the words on a path that begin a phrase of the user's templates. */
export function firstWordsOf(
  { arcKind, arcOutput, outputs }: Automaton,
  steps: readonly PathStep[],
): number[] {
  const firsts: number[] = [];
  let count = 0;
  let isFirst = false;
  for (const { arc } of steps) {
    const output = outputs[arcOutput[arc]! - 1];
    if (output?.type === "sentence") isFirst = !isOwnIntent(output.intent);
    if (arcKind[arc] !== ARC.word && arcKind[arc] !== ARC.anyWord) continue;
    if (isFirst) firsts.push(count);
    isFirst = false;
    count++;
  }
  return firsts;
}
