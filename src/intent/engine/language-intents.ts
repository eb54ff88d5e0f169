import type { Context } from "../../grammar/context.ts";
import type { Understanding } from "../../grammar/understanding.ts";
import type { Native } from "../../workers/serve.ts";
import type { CompiledIntents } from "./compiled-intents.ts";
import { type Intents, Matcher } from "./matcher.ts";
import { Negatives } from "../decision/negatives.ts";
import type { SentenceEncoder } from "../encoder/sentence-encoder.ts";
import type { LoadedIntents } from "./protocol.ts";
import { PhraseIntents } from "./phrase-intents.ts";
import { understandSeveral } from "../decision/several-commands.ts";
import type { IntentSettings } from "../settings/intent-settings.ts";
import { keptSpokenWords, openSound } from "../words/spoken-words.ts";
import { type Sound, type SpokenWords, WordComparer } from "../words/word-comparer.ts";

/** Bounds the texts that are understood at all: longer ones are no commands. UTF-16 units. */
const MAX_LETTERS = 10_000;

export type LanguageIntentsOptions = {
  /** 0 … 100 */
  readonly fuzzyThreshold: number;
  /** Folder with the pronunciations of the language; without it words are compared by spelling alone. */
  readonly modelDir: string | undefined;
  /** Folder where the pronunciations of large templates are kept; undefined: nowhere. */
  readonly cacheDir: string | undefined;
  /** The user's encoder, for learning from examples. */
  readonly encoder?: SentenceEncoder | undefined;
  readonly settings: IntentSettings;
};

/** Understands texts in one language, by templates and by what was learnt from examples. */
export class LanguageIntents {
  readonly loaded: LoadedIntents;
  readonly #matcher: Matcher;
  readonly #negatives: Negatives;
  readonly #phrases: PhraseIntents | undefined;
  readonly #comparer: () => Promise<WordComparer>;
  readonly #phraseComparer: () => Promise<WordComparer>;
  readonly #settings: IntentSettings;

  private constructor(
    { automaton, skipWords, negatives, learnt }: CompiledIntents,
    phrases: PhraseIntents | undefined,
    sound: () => Promise<Sound | undefined>,
    spoken: SpokenWords | undefined,
    { fuzzyThreshold, settings }: LanguageIntentsOptions,
  ) {
    const { language, words } = automaton;
    const named = automaton.outputs.flatMap((o) => (o.type === "sentence" ? [o.intent] : []));
    const intents = [...new Set([...named, ...(learnt?.intents ?? [])])];
    this.loaded = { automaton, negatives, intents };
    this.#matcher = new Matcher(automaton, settings, { fuzzyThreshold, skipWords });
    this.#negatives = new Negatives(negatives, language, settings.decision.minNegativeCosine);
    this.#phrases = phrases;
    this.#settings = settings;
    this.#comparer = once(
      async () => new WordComparer(words, settings.words, await sound(), spoken),
    );
    this.#phraseComparer = once(
      async () => new WordComparer(phrases?.words ?? [], settings.words, await sound()),
    );
  }

  /**
   * @throws EarshotError TEMPLATES_INVALID for a pronunciation that the model cannot read, MODEL_LOAD_FAILED if there
   *   are examples and onnxruntime cannot be loaded
   */
  static async open(
    compiled: CompiledIntents,
    options: LanguageIntentsOptions,
    native: Native,
  ): Promise<LanguageIntents> {
    const { learnt, automaton, skipWords } = compiled;
    const { modelDir } = options;
    // Pronunciations are read when they are first needed: most texts, and speech, do without.
    const { language, pronounce } = automaton;
    const sound = once(() => openSound(modelDir, language, pronounce));
    if (pronounce.size > 0) await sound(); // finds the user's mistakes now, not at the first misheard word
    const spoken = await keptSpokenWords(automaton, sound, options);
    const phrases = learnt && (await PhraseIntents.open(learnt, { ...options, skipWords }, native));
    return new LanguageIntents(compiled, phrases, sound, spoken, options);
  }

  /** @param only the intents that may be meant; undefined: all */
  async understand(
    text: string,
    context: Context,
    only: Intents | undefined,
    native: Native,
  ): Promise<Understanding> {
    const { language } = this.loaded.automaton;
    const rejected: Understanding = {
      text,
      language,
      intent: null,
      decision: "reject",
      candidates: [],
    };
    if (text.length > MAX_LETTERS || this.#negatives.has(text)) return rejected;
    const whole = this.#matcher.parseExactly(text, context, only);
    if (whole && !whole.isOpen) return whole.understanding;
    const several = understandSeveral(text, language, (part, isFirst) => {
      const parsed = this.#matcher.parseExactly(part, context, only);
      // A wildcard would take anything that follows.
      return parsed && (isFirst || !parsed.isOpen) ? parsed.understanding : undefined;
    });
    if (several) return several;
    if (whole?.understanding.intent) return whole.understanding;
    if (this.#negatives.isNear(text)) return rejected;
    return this.#understandNearly(text, context, only, native);
  }

  async close(native: Native): Promise<void> {
    await this.#phrases?.release(native);
  }

  /** Understands a text that no template matches word for word, or only by a vague wildcard. */
  async #understandNearly(
    text: string,
    context: Context,
    only: Intents | undefined,
    native: Native,
  ): Promise<Understanding> {
    const { language } = this.loaded.automaton;
    const comparer = await this.#comparer();
    const near = this.#matcher.matchNearly(text, context, comparer, only);
    if (near.decision === "accept") return near;
    const several = understandSeveral(text, language, (part) => {
      const matched = this.#matcher.match(part, context, comparer, only);
      const confidence = matched.intent?.confidence ?? 0;
      return confidence >= this.#settings.decision.minPartConfidence ? matched : undefined;
    });
    if (several) return several;
    const learnt = await this.#phrases?.understand(
      text,
      (intent) => only?.has(intent) ?? true,
      await this.#phraseComparer(),
      native,
    );
    return learnt ? { text, language, ...learnt } : near;
  }
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => (opened ??= open());
}
