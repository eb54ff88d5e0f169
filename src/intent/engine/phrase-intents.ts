import { roundConfidence } from "../../grammar/candidates.ts";
import type { Automaton } from "../../grammar/automaton.ts";
import { compileAutomaton } from "../../grammar/compile/compile-automaton.ts";
import { sampleSentences } from "../../grammar/sample-sentences.ts";
import { normalizeText, tokenize } from "../../grammar/text/tokenize.ts";
import { isLiteral, literalText } from "../../grammar/templates/expression.ts";
import type { Templates } from "../../grammar/templates/templates.ts";
import type { IntentMatch, Understanding } from "../../grammar/understanding.ts";
import type { Native } from "../../workers/serve.ts";
import { type Calibration, calibrate } from "../classifier/calibrate.ts";
import { packOf } from "../../languages/packs.ts";
import {
  type Example,
  type LinearClassifier,
  trainClassifier,
} from "../classifier/linear-classifier.ts";
import type { PhraseClassifier } from "../classifier/prediction.ts";
import { TrainedIntents } from "../classifier/trained-intents.ts";
import { EncodedIntents } from "../encoder/encoded-intents.ts";
import type { SentenceEncoder } from "../encoder/sentence-encoder.ts";
import type { ExampleSettings } from "../settings/example-settings.ts";
import type { IntentSettings } from "../settings/intent-settings.ts";
import { SlotSpotter } from "../slots/slot-spotter.ts";
import type { Language } from "../../languages/language.ts";
import { negationsOf } from "../alignment/negation.ts";
import type { WordComparer } from "../words/word-comparer.ts";

/** What was learnt from the `examples:` of templates; plain data that can be kept on disk. */
export type LearntPhrases = {
  readonly classifier: LinearClassifier;
  readonly calibration: Calibration;
  /** Examples and templates together, by which the values of slots are found. */
  readonly automaton: Automaton;
  /** Intents that have examples; the others are recognised by their templates alone. */
  readonly intents: readonly string[];
  readonly requiredSlots: Readonly<Record<string, readonly string[]>>;
  /** The phrases of training. */
  readonly examples: readonly Example[];
};

export type PhraseIntentsOptions = {
  /** 0 … 100 */
  readonly fuzzyThreshold: number;
  /** Phrases around a command that do not change its meaning. */
  readonly skipWords: readonly string[];
  /** The user's encoder; without it words and parts of words are the only features. */
  readonly encoder?: SentenceEncoder | undefined;
  readonly settings: IntentSettings;
};

/** The label of everything that is no command. */
const NONE = "";
/** Bounds the candidates that an understanding lists. */
const MAX_CANDIDATES = 5;

/**
 * Learns the intents that have examples; undefined if none has.
 * @param accepts whether a template matches a text word for word
 */
export function learnPhrases(
  templates: Templates,
  accepts: (text: string) => boolean,
  settings: ExampleSettings,
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
  for (const { text, intent } of sampleSentences(drawn, open.length * settings.samplesPerExample))
    learn(text, intent);
  const intents = new Set(blocks.map(({ intent }) => intent));
  const samples = intents.size * settings.samplesPerIntent;
  for (const { text, intent } of sampleSentences(automaton, samples)) learn(text, intent);
  for (const text of packOf(language).everydayTalk) if (!accepts(text)) learn(text, NONE);
  const all = Array.from(phrases, ([text, label]): Example => ({ text, label }));
  return {
    classifier: trainClassifier(all, language),
    calibration: calibrate(all, language, settings),
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
  readonly #trained: PhraseClassifier;
  readonly #spotter: SlotSpotter;
  readonly #threshold: number;
  readonly #minMargin: number;
  readonly #skipPhrases: readonly string[];

  private constructor(
    learnt: LearntPhrases,
    trained: PhraseClassifier,
    { fuzzyThreshold, skipWords, settings }: PhraseIntentsOptions,
  ) {
    const { language } = learnt.classifier;
    this.#learnt = learnt;
    this.#trained = trained;
    this.#spotter = new SlotSpotter(learnt.automaton, settings);
    this.#threshold = fuzzyThreshold / 100;
    this.#minMargin = settings.examples.minConfidenceMargin;
    this.#skipPhrases = skipWords.map((phrase) => spaced(phrase, language));
  }

  /**
   * Opens what was learnt. With a user's encoder, learns from the examples anew.
   * @throws EarshotError MODEL_LOAD_FAILED, MODEL_INVALID
   */
  static async open(
    learnt: LearntPhrases,
    options: PhraseIntentsOptions,
    native: Native,
  ): Promise<PhraseIntents> {
    const { encoder } = options;
    const settings = options.settings.examples;
    const { classifier, calibration, examples } = learnt;
    const trained = encoder
      ? await EncodedIntents.train(examples, classifier.language, settings, encoder, native)
      : await TrainedIntents.load(classifier, calibration, settings, native);
    return new PhraseIntents(learnt, trained, options);
  }

  /** The words of the comparer that `understand` takes. */
  get words(): readonly string[] {
    return this.#learnt.automaton.words;
  }

  /** Undefined for a text that means none of the intents with examples. */
  async understand(
    text: string,
    allows: (intent: string) => boolean,
    comparer: WordComparer,
    native: Native,
  ): Promise<Pick<Understanding, "intent" | "decision" | "candidates"> | undefined> {
    const predictions = await this.#trained.predict(text, native);
    const likely = predictions.filter(({ label }) => label === NONE || allows(label));
    const [best, second] = likely;
    if (!best || best.label === NONE || best.confidence < this.#threshold) return undefined;
    if (!this.#learnt.intents.includes(best.label)) return undefined;
    const candidates = likely
      .filter(({ label, confidence }) => label !== NONE && confidence >= this.#threshold)
      .slice(0, MAX_CANDIDATES)
      .map(({ label, confidence }) => this.#toMatch(text, label, confidence, comparer))
      .filter((match) => this.#hasRequiredSlots(match));
    const [first = null] = candidates;
    if (first?.name !== best.label || this.#isNegated(text, first)) return undefined;
    const isClose = second !== undefined && best.confidence - second.confidence < this.#minMargin;
    return isClose
      ? { intent: null, decision: "ambiguous", candidates }
      : { intent: first, decision: "accept", candidates };
  }

  /** Frees everything native. */
  async release(native: Native): Promise<void> {
    await this.#trained.release(native);
  }

  /** Whether a text has a negation that neither the phrases of the intent nor its values have. */
  #isNegated(text: string, { name, slots }: IntentMatch): boolean {
    const { language } = this.#learnt.classifier;
    const negations = negationsOf(this.#meaningful(text), language);
    if (negations.length === 0) return false;
    const phrases = this.#learnt.examples.filter(({ label }) => label === name);
    const own = [...phrases.map((phrase) => phrase.text), ...Object.values(slots).map(String)];
    const ownWords = new Set(own.flatMap((phrase) => this.#meaningful(phrase)));
    return negations.some((word) => !ownWords.has(word));
  }

  /** The words without skip phrases. */
  #meaningful(text: string): string[] {
    const words = spaced(text, this.#learnt.classifier.language);
    return this.#skipPhrases
      .reduce((rest, phrase) => rest.replaceAll(phrase, " "), words)
      .trim()
      .split(" ");
  }

  #toMatch(text: string, name: string, confidence: number, comparer: WordComparer): IntentMatch {
    const slots = this.#spotter.spot(text, name, comparer);
    return { name, confidence: roundConfidence(confidence), slots };
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
