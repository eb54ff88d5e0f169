import type { Automaton } from "../../grammar/automaton.ts";
import { compileAutomaton } from "../../grammar/compile/compile-automaton.ts";
import { sampleSentences } from "../../grammar/sample-sentences.ts";
import { normalizeText, tokenize } from "../../grammar/text/tokenize.ts";
import { isLiteral, literalText } from "../../grammar/templates/expression.ts";
import type { Templates } from "../../grammar/templates/templates.ts";
import type { IntentMatch, Understanding } from "../../grammar/understanding.ts";
import type { Native } from "../../workers/serve.ts";
import { type Calibration, calibrate } from "../classifier/calibrate.ts";
import { EVERYDAY_TALK } from "../classifier/everyday-talk.ts";
import {
  type Example,
  type LinearClassifier,
  trainClassifier,
} from "../classifier/linear-classifier.ts";
import type { Guesser } from "../classifier/guess.ts";
import { TrainedIntents } from "../classifier/trained-intents.ts";
import { EncodedIntents } from "../encoder/encoded-intents.ts";
import type { SentenceEncoder } from "../encoder/sentence-encoder.ts";
import { SlotSpotter } from "../slots/slot-spotter.ts";
import type { Language } from "../../languages/language.ts";
import { negationsOf } from "../alignment/negation.ts";
import type { WordComparer } from "../words/word-comparer.ts";

/** What was learnt from the `examples:` of templates; plain data, to be kept on disk. */
export type LearntPhrases = {
  readonly classifier: LinearClassifier;
  readonly calibration: Calibration;
  /** Sentences of examples and templates together, in which the values of slots are found. */
  readonly automaton: Automaton;
  /** Intents that have examples; the others are recognised by their templates alone. */
  readonly intents: readonly string[];
  readonly requiredSlots: Readonly<Record<string, readonly string[]>>;
  /** Phrases that were learnt from. */
  readonly examples: readonly Example[];
};

export type PhraseIntentsOptions = {
  /** 0 … 100 */
  readonly fuzzyThreshold: number;
  /** Phrases without meaning. */
  readonly skipWords: readonly string[];
  /** Of the user's; without it words and parts of words are all there is. */
  readonly encoder: SentenceEncoder | undefined;
};

/** Everything that is no command. */
const NONE = "";
const SAMPLES_PER_INTENT = 40;
const SAMPLES_PER_EXAMPLE = 8;
/** Another intent this near in confidence makes the choice a question. */
const MARGIN = 0.1;
const MOST_CANDIDATES = 5;

/** Learns the intents that have examples; undefined when none has. */
export function learnPhrases(
  templates: Templates,
  accepts: (text: string) => boolean,
): LearntPhrases | undefined {
  const { examples, blocks, language, negatives } = templates;
  if (examples.length === 0) return undefined;
  const automaton = compileAutomaton({ ...templates, blocks: [...examples, ...blocks] });
  const phrases = new Map<string, string>();
  const learn = (text: string, label: string): void => {
    if (!phrases.has(text)) phrases.set(text, label);
  };
  for (const { intent, sentences } of examples)
    for (const { expression } of sentences)
      if (isLiteral(expression)) learn(literalText(expression), intent);
  for (const text of negatives) learn(text, NONE);
  const open = examples.flatMap(({ sentences }) =>
    sentences.filter((s) => !isLiteral(s.expression)),
  );
  const drawn = compileAutomaton({ ...templates, blocks: examples });
  for (const { text, intent } of sampleSentences(drawn, open.length * SAMPLES_PER_EXAMPLE))
    learn(text, intent);
  const intents = new Set(blocks.map(({ intent }) => intent));
  for (const { text, intent } of sampleSentences(automaton, intents.size * SAMPLES_PER_INTENT))
    learn(text, intent);
  for (const text of EVERYDAY_TALK[language]) if (!accepts(text)) learn(text, NONE);
  const all = Array.from(phrases, ([text, label]): Example => ({ text, label }));
  return {
    classifier: trainClassifier(all, language),
    calibration: calibrate(all, language),
    automaton,
    intents: [...new Set(examples.map(({ intent }) => intent))],
    requiredSlots: Object.fromEntries(
      examples.map(({ intent, requiredSlots }) => [intent, requiredSlots]),
    ),
    examples: all,
  };
}

/** Understands phrasing that no template lists, by what was learnt from examples. */
export class PhraseIntents {
  readonly #learnt: LearntPhrases;
  readonly #trained: Guesser;
  readonly #spotter: SlotSpotter;
  readonly #threshold: number;
  readonly #skipPhrases: readonly string[];

  private constructor(
    learnt: LearntPhrases,
    trained: Guesser,
    { fuzzyThreshold, skipWords }: PhraseIntentsOptions,
  ) {
    const { language } = learnt.classifier;
    this.#learnt = learnt;
    this.#trained = trained;
    this.#spotter = new SlotSpotter(learnt.automaton);
    this.#threshold = fuzzyThreshold / 100;
    this.#skipPhrases = skipWords.map((phrase) => spaced(phrase, language));
  }

  /**
   * With an encoder of the user's the examples are learnt from anew.
   * @throws EarshotError MODEL_LOAD_FAILED, MODEL_INVALID
   */
  static async open(
    learnt: LearntPhrases,
    options: PhraseIntentsOptions,
    native: Native,
  ): Promise<PhraseIntents> {
    const { encoder } = options;
    const { classifier, calibration, examples } = learnt;
    const trained = encoder
      ? await EncodedIntents.train(examples, classifier.language, encoder, native)
      : await TrainedIntents.load(classifier, calibration, native);
    return new PhraseIntents(learnt, trained, options);
  }

  /** The words that a `comparer` for `understand` must know. */
  get words(): readonly string[] {
    return this.#learnt.automaton.words;
  }

  /** Undefined for what is none of the intents that have examples. */
  async understand(
    text: string,
    allows: (intent: string) => boolean,
    comparer: WordComparer,
    native: Native,
  ): Promise<Pick<Understanding, "intent" | "decision" | "candidates"> | undefined> {
    const guesses = await this.#trained.guess(text, native);
    const likely = guesses.filter(({ label }) => label === NONE || allows(label));
    const [best, second] = likely;
    if (!best || best.label === NONE || best.confidence < this.#threshold) return undefined;
    if (!this.#learnt.intents.includes(best.label)) return undefined;
    const candidates = likely
      .filter(({ label, confidence }) => label !== NONE && confidence >= this.#threshold)
      .slice(0, MOST_CANDIDATES)
      .map(({ label, confidence }) => this.#toMatch(text, label, confidence, comparer))
      .filter((match) => this.#hasRequiredSlots(match));
    const [first = null] = candidates;
    if (first?.name !== best.label || this.#isNegated(text, first)) return undefined;
    const isClose = second !== undefined && best.confidence - second.confidence < MARGIN;
    return isClose
      ? { intent: null, decision: "ambiguous", candidates }
      : { intent: first, decision: "accept", candidates };
  }

  async release(native: Native): Promise<void> {
    await this.#trained.release(native);
  }

  /** Whether a text says "not" where no phrase of the intent does, and no value. */
  #isNegated(text: string, { name, slots }: IntentMatch): boolean {
    const { language } = this.#learnt.classifier;
    const negations = negationsOf(this.#meaningful(text), language);
    if (negations.length === 0) return false;
    const phrases = this.#learnt.examples.filter(({ label }) => label === name);
    const own = [...phrases.map((phrase) => phrase.text), ...Object.values(slots).map(String)];
    const ownWords = new Set(own.flatMap((phrase) => this.#meaningful(phrase)));
    return negations.some((word) => !ownWords.has(word));
  }

  /** The words but for the phrases without meaning. */
  #meaningful(text: string): string[] {
    const words = spaced(text, this.#learnt.classifier.language);
    return this.#skipPhrases
      .reduce((rest, phrase) => rest.replaceAll(phrase, " "), words)
      .trim()
      .split(" ");
  }

  #toMatch(text: string, name: string, confidence: number, comparer: WordComparer): IntentMatch {
    const slots = this.#spotter.spot(text, name, comparer);
    return { name, confidence: Math.round(confidence * 1000) / 1000, slots };
  }

  #hasRequiredSlots({ name, slots }: IntentMatch): boolean {
    return (this.#learnt.requiredSlots[name] ?? []).every((slot) => slots[slot] !== undefined);
  }
}

/** The words with a space around each. */
function spaced(text: string, language: Language): string {
  const words = tokenize(normalizeText(text), language).map(({ word }) => word);
  return ` ${words.join(" ")} `;
}
