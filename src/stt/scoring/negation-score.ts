import { ARC, type Automaton, type PathStep } from "../../grammar/automaton.ts";
import { AFTER_FIRST_WORD, NEGATIONS } from "../../grammar/negation-words.ts";
import { isOwnIntent } from "../../grammar/own-intents.ts";
import type { Language } from "../../languages/language.ts";
import { ctcLogProb } from "../../models/ctc-score.ts";
import type { GrammarNetwork } from "../network/grammar-network.ts";
import type { Reading } from "./hypothesis.ts";
import type { FormsOf } from "../../models/word-forms.ts";
import { type Posteriors, sliceFrames } from "../../models/posteriors.ts";
import type { HeardWord } from "../search/word-history.ts";
import { ANY_WORD } from "../network/word-network.ts";

/** The first word of a command, and those behind it that a negation may have been taken for, or a part of them. */
const MOST_WORDS = 3;
const STEM_LETTERS = 2;
/** Said between two words these change nothing, and are no negation. */
const HESITATIONS: Readonly<Record<Language, readonly string[]>> = { en: [], fr: ["euh"] };

/**
 * Hears whether a command is negated right after its first word, as people do in French: "allume pas la lampe". The
 * search has no word for it there, and shares its sound out among the words beside it.
 */
export class Negated {
  readonly #automaton: Automaton;
  readonly #network: GrammarNetwork;
  readonly #formsOf: FormsOf;

  constructor(automaton: Automaton, network: GrammarNetwork, formsOf: FormsOf) {
    this.#automaton = automaton;
    this.#network = network;
    this.#formsOf = formsOf;
  }

  /**
   * By how much a negation fits better than none, nats, in the command where it does most; 0 where it fits worse or the
   * templates may have it there, Infinity where a wildcard took it.
   * @param gated as the search takes them
   */
  nats(
    gated: Posteriors,
    { hypothesis, words, firstWords }: Pick<Reading, "hypothesis" | "words" | "firstWords">,
  ): number {
    if (AFTER_FIRST_WORD[this.#automaton.language].length === 0) return 0;
    const heard = hypothesis.words;
    const gains = firstWords.map((first) => {
      const at = heard.findIndex(({ startFrame }) => startFrame === words[first]?.startFrame);
      if (at < 0 || heard[at]!.word === ANY_WORD) return 0;
      if (heard[at + 1]?.word !== ANY_WORD) return this.#gainAfter(gated, heard, at);
      return this.#isNegation(words[first + 1]?.text ?? "") ? Infinity : 0;
    });
    return Math.max(0, ...gains);
  }

  #gainAfter(gated: Posteriors, heard: readonly HeardWord[], at: number): number {
    const { language } = this.#automaton;
    const open = heard.findIndex(({ word }, i) => i > at && word === ANY_WORD);
    const last = Math.min(at + MOST_WORDS, open < 0 ? heard.length : open);
    const [first, ...next] = heard.slice(at, last).map(({ word }) => word);
    const end = last < heard.length ? heard[last - 1]!.endFrame : gated.frames;
    const stretch = sliceFrames(gated, heard[at]!.startFrame, end);
    const fit = (verbs: readonly number[], ...others: readonly string[]): number =>
      ctcLogProb(stretch, [
        verbs.flatMap((verb) => this.#formsOf(this.#text(verb))),
        ...others.map((word) => this.#formsOf(word)),
      ]);
    const texts = next.map((word) => this.#text(word));
    const without = HESITATIONS[language].map((word) => fit([first!], word, ...texts));
    const before = this.#stateAfter(heard.slice(0, at));
    // "Deux" in "enlève pas deux minutes" has become "vingt deux": the word behind the verb may be the negation itself.
    const skipped = last === open ? [0] : [0, 1];
    const negated = skipped.flatMap((skip) =>
      AFTER_FIRST_WORD[language].map((word) => {
        const verbs = this.#verbs(before, first!, word, next[skip]);
        return verbs.length === 0 ? -Infinity : fit(verbs, word, ...texts.slice(skip));
      }),
    );
    const gain = Math.max(...negated) - Math.max(fit([first!], ...texts), ...without);
    return Number.isFinite(gain) ? Math.max(0, gain) : 0;
  }

  /**
   * Forms of the verb that may be said in its place before `next`, or at the end: "éteins" or "éteindre". Not those after
   * which the templates have the negation, too.
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

  /** Whether this word may follow; undefined: the end. */
  #goesOn(state: number, next: number | undefined): boolean {
    return next === undefined
      ? this.#network.finalCost(state) < Infinity
      : this.#network.continuations(state).words.includes(next);
  }

  #stateAfter(heard: readonly HeardWord[]): number {
    const network = this.#network;
    return heard.reduce(
      (at, { word }) => network.next(at, network.continuations(at).words.indexOf(word)),
      network.start,
    );
  }

  #text(word: number): string {
    return this.#automaton.words[word] ?? "";
  }

  /** Whether it is one even as the beginning of what a wildcard takes: "plus" is "more" there. */
  #isNegation(word: string): boolean {
    const { language } = this.#automaton;
    return AFTER_FIRST_WORD[language].includes(word) && NEGATIONS[language].has(word);
  }
}

/** Which of the words on a path are the first of a sentence of the user's. */
export function firstWordsOf(
  { arcKind, arcOutput, outputs }: Automaton,
  steps: readonly PathStep[],
): number[] {
  const firsts: number[] = [];
  let count = 0;
  let isFirst = false;
  for (const { arc } of steps) {
    const output = outputs[(arcOutput[arc] ?? 0) - 1];
    if (output?.type === "sentence") isFirst = !isOwnIntent(output.intent);
    if (arcKind[arc] !== ARC.word && arcKind[arc] !== ARC.anyWord) continue;
    if (isFirst) firsts.push(count);
    isFirst = false;
    count++;
  }
  return firsts;
}
