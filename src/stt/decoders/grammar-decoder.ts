import { arcPreferences } from "../../grammar/arc-preferences.ts";
import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { interpretPath, type Meaning } from "../../grammar/interpret-path.ts";
import { wordsAround } from "../../grammar/speech-grammar.ts";
import { joinWords } from "../../grammar/text/join-words.ts";
import type { Language } from "../../languages/language.ts";
import type { Calibration } from "../../models/model-folder.ts";
import type { Posteriors } from "../../models/posteriors.ts";
import type { FormsOf } from "../../models/word-forms.ts";
import { GrammarNetwork } from "../network/grammar-network.ts";
import { type ModelLexicon, pronunciationOf } from "../network/model-lexicon.ts";
import { PhoneTries } from "../network/phone-tries.ts";
import { ANY_WORD } from "../network/word-network.ts";
import type { Hypothesis } from "../scoring/hypothesis.ts";
import { firstWordsOf, NegationScorer } from "../scoring/negation-score.ts";
import { perplexityNats } from "../scoring/perplexity.ts";
import { type TemplateWordsGap, templateWordsGap } from "../scoring/template-words.ts";
import { uncoveredNats } from "../scoring/uncovered-speech.ts";
import { BeamSearch } from "../search/beam-search.ts";
import type { WordSequence, WordSpan } from "../search/word-history.ts";
import { MAX_TRIE_NODES } from "./max-trie-nodes.ts";
import { type Expectations, type ParsedPath, parseWords } from "./parse-words.ts";
import { type AutomatonWord, type WildcardTranscriber, WordWriter } from "./word-writer.ts";

/** Bounds the sequences that are interpreted: the search keeps few runners-up beyond these. */
const MAX_SEQUENCES = 8;
/** Bounds the interpretations of one sequence, which differ in meaning only. */
const MAX_HYPOTHESES_PER_SEQUENCE = 8;
/** Added to `arcPreferences` for a wildcard's word: at the same words, the template that names them is meant. */
const WILDCARD_PREFERENCE = 0.1;

type Evidence = Pick<Hypothesis, "uncoveredNats" | "hasWildcard" | "perplexityNats"> &
  TemplateWordsGap;

/** Decodes speech through one set of templates. Holds the state of one search: one caller at a time. */
export class GrammarDecoder {
  readonly #automaton: Automaton;
  readonly #calibration: Calibration;
  readonly #network: GrammarNetwork;
  readonly #formsOf: FormsOf;
  readonly #tries: PhoneTries;
  readonly #search: BeamSearch;
  readonly #negation: NegationScorer;
  readonly #writer: WordWriter;
  /** Indices of words that may be said around a phrase. */
  readonly #around: ReadonlySet<number>;
  #preferences: Float32Array | undefined;

  /** @throws EarshotError TEMPLATES_INVALID when a rule refers to itself */
  constructor(automaton: Automaton, { formsOf, isVowel }: ModelLexicon, calibration: Calibration) {
    const { grammar } = calibration.decoding;
    this.#automaton = automaton;
    this.#calibration = calibration;
    this.#formsOf = formsOf;
    this.#network = new GrammarNetwork(automaton, grammar);
    this.#tries = new PhoneTries(this.#network, formsOf, isVowel);
    this.#search = new BeamSearch(this.#tries, grammar);
    this.#negation = new NegationScorer(automaton, this.#network, formsOf);
    this.#writer = new WordWriter(automaton);
    const around = wordsAround(automaton.language);
    this.#around = new Set(
      [...automaton.words.entries()].flatMap(([i, word]) => (around.has(word) ? [i] : [])),
    );
  }

  get language(): Language {
    return this.#automaton.language;
  }

  /** Whether the templates have wildcards. */
  get hasWildcards(): boolean {
    return this.#automaton.arcKind.includes(ARC.anyWord);
  }

  /**
   * Hypotheses of the best sequences of words that `expected` allows, best first.
   * @param posteriors after the blank penalty
   */
  decode(
    posteriors: Posteriors,
    transcribe: WildcardTranscriber,
    expected: Expectations,
  ): Hypothesis[] {
    this.#run(posteriors);
    return this.#search
      .nBest(MAX_SEQUENCES)
      .flatMap((sequence) => this.#interpret(sequence, posteriors, transcribe, expected))
      .toSorted(
        (a, b) => b.sequence.score - a.sequence.score || b.sentence.priority - a.sentence.priority,
      );
  }

  /** The words so far in an utterance that goes on; empty if they do not fit the sound. */
  partial(posteriors: Posteriors): string {
    this.#run(posteriors);
    const words = this.#search.partial();
    const { gapNats } = this.#gapOf(words, posteriors);
    if (gapNats > this.#calibration.decision.maxPartialGapNats) return "";
    return joinWords(words.map(({ word }) => this.#automaton.words[word] ?? "…"));
  }

  /** The phones of a hypothesis' words: equal for what sounds the same, wherever the spaces are. */
  pronunciationOf({ words }: Hypothesis): string {
    return pronunciationOf(
      words.map(({ text }) => text),
      this.#formsOf,
    );
  }

  /**
   * Gain of a negation of the hypothesis, nats (`NegationScorer.nats`).
   * @param posteriors of the pass that found the hypothesis
   */
  negationNats(hypothesis: Hypothesis, posteriors: Posteriors): number {
    return this.#negation.nats(posteriors, hypothesis);
  }

  #run(posteriors: Posteriors): void {
    if (this.#tries.size > MAX_TRIE_NODES) this.#tries.forget();
    this.#search.run(posteriors);
  }

  #interpret(
    sequence: WordSequence,
    posteriors: Posteriors,
    transcribe: WildcardTranscriber,
    expected: Expectations,
  ): Hypothesis[] {
    const words = this.#writer.write(sequence.words, transcribe);
    if (words.some(({ text }) => text === "")) return [];
    for (const written of new Set([this.#writer.inAgreement(words), words])) {
      const hypotheses = this.#hypothesesOf(written, sequence, posteriors, expected);
      if (hypotheses.length > 0) return hypotheses;
    }
    return [];
  }

  #hypothesesOf(
    words: readonly AutomatonWord[],
    sequence: WordSequence,
    posteriors: Posteriors,
    expected: Expectations,
  ): Hypothesis[] {
    const { context = {} } = expected;
    const paths = parseWords(this.#automaton, words, expected)
      .toSorted((a, b) => this.#preferenceOf(a) - this.#preferenceOf(b))
      .slice(0, MAX_HYPOTHESES_PER_SEQUENCE);
    if (paths.length === 0) return [];
    const evidence = this.#evidenceFor(sequence.words, posteriors);
    return paths
      .map(({ costNats, steps }) => ({
        ...interpretPath(this.#automaton, steps, { context }),
        sequence,
        words,
        firstWords: firstWordsOf(this.#automaton, steps),
        costNats,
        ...evidence,
      }))
      .filter((hypothesis) =>
        [hypothesis, ...hypothesis.further].every((meaning) =>
          meetsRequirements(meaning, hypothesis.text),
        ),
      );
  }

  /** Prefers the meaning that the same words have in typed text. */
  #preferenceOf({ steps }: ParsedPath): number {
    const preferences = (this.#preferences ??= arcPreferences(this.#automaton));
    const { arcKind } = this.#automaton;
    const costOf = (arc: number): number =>
      preferences[arc]! + (arcKind[arc] === ARC.anyWord ? WILDCARD_PREFERENCE : 0);
    return steps.reduce((sum, { arc }) => sum + costOf(arc), 0);
  }

  #evidenceFor(words: readonly WordSpan[], posteriors: Posteriors): Evidence {
    return {
      ...this.#gapOf(words, posteriors),
      uncoveredNats: uncoveredNats(posteriors, words),
      hasWildcard: words.some(({ word }) => word === ANY_WORD),
      perplexityNats: perplexityNats(
        this.#network,
        words.map(({ word }) => word),
        this.#around,
      ),
    };
  }

  #gapOf(words: readonly WordSpan[], posteriors: Posteriors): TemplateWordsGap {
    const own = words
      .filter(({ word }) => word !== ANY_WORD)
      .map((word) => ({ ...word, forms: this.#formsOf(this.#automaton.words[word.word]!) }));
    const wildcardFrames = words.reduce(
      (sum, { word, startFrame, endFrame }) =>
        word === ANY_WORD ? sum + endFrame - startFrame : sum,
      0,
    );
    const { edgePhones } = this.#calibration.decision;
    return templateWordsGap(posteriors, own, edgePhones, wildcardFrames);
  }
}

/** Whether a meaning has its required slots, and the text one of its required keywords. */
function meetsRequirements({ sentence, slots }: Meaning, text: string): boolean {
  if (sentence.requiredSlots.some((slot) => slots[slot] === undefined)) return false;
  if (sentence.requiredKeywords.length === 0) return true;
  const said = ` ${text} `;
  return sentence.requiredKeywords.some((keyword) => said.includes(` ${keyword.toLowerCase()} `));
}
