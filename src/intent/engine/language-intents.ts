import type { Context } from "../../grammar/context.ts";
import type { Understanding } from "../../grammar/understanding.ts";
import type { Native } from "../../workers/serve.ts";
import type { CompiledIntents } from "./compiled-intents.ts";
import { type Intents, Matcher } from "./matcher.ts";
import { Negatives } from "../decision/negatives.ts";
import type { SentenceEncoder } from "../encoder/sentence-encoder.ts";
import type { LoadedIntents } from "./protocol.ts";
import { PhraseIntents } from "./phrase-intents.ts";
import { readSeveral } from "../decision/several-commands.ts";
import { keptSpokenWords, openSound } from "../words/spoken-words.ts";
import { type Sound, type SpokenWords, WordComparer } from "../words/word-comparer.ts";

/** How sure the parts of a sentence must be for it to be taken as several commands. */
const SURE_PART = 0.75;

/** What is longer is no command. UTF-16 units. */
const MOST_LETTERS = 10_000;

export type LanguageIntentsOptions = {
  /** 0 … 100 */
  readonly fuzzyThreshold: number;
  /** Folder with the pronunciations of the language; without it words are compared as they are written. */
  readonly modelDir: string | undefined;
  /** Folder where it is kept how the words of large templates are said; undefined: nowhere. */
  readonly cacheDir: string | undefined;
  /** Of the user's, for what is learnt from examples. */
  readonly encoder?: SentenceEncoder | undefined;
};

/** What can be meant in one language: templates, and what was learnt from examples. */
export class LanguageIntents {
  readonly loaded: LoadedIntents;
  readonly #matcher: Matcher;
  readonly #negatives: Negatives;
  readonly #phrases: PhraseIntents | undefined;
  readonly #comparer: () => Promise<WordComparer>;
  readonly #phraseComparer: () => Promise<WordComparer>;

  private constructor(
    { automaton, skipWords, negatives, learnt }: CompiledIntents,
    phrases: PhraseIntents | undefined,
    sound: () => Promise<Sound | undefined>,
    spoken: SpokenWords | undefined,
    fuzzyThreshold: number,
  ) {
    const { language, words } = automaton;
    const named = automaton.outputs.flatMap((o) => (o.type === "sentence" ? [o.intent] : []));
    const intents = [...new Set([...named, ...(learnt?.intents ?? [])])];
    this.loaded = { automaton, negatives, intents };
    this.#matcher = new Matcher(automaton, { fuzzyThreshold, skipWords });
    this.#negatives = new Negatives(negatives, language);
    this.#phrases = phrases;
    this.#comparer = once(async () => new WordComparer(words, await sound(), spoken));
    this.#phraseComparer = once(async () => new WordComparer(phrases?.words ?? [], await sound()));
  }

  /**
   * @throws EarshotError TEMPLATES_INVALID for a pronunciation that the model cannot read, MODEL_LOAD_FAILED when
   *   there are examples and onnxruntime cannot be loaded
   */
  static async open(
    compiled: CompiledIntents,
    options: LanguageIntentsOptions,
    native: Native,
  ): Promise<LanguageIntents> {
    const { learnt, automaton, skipWords } = compiled;
    const { fuzzyThreshold, encoder, modelDir } = options;
    // How words sound is read when it is first needed: most texts, and speech, do without.
    const { language, pronounce } = automaton;
    const sound = once(() => openSound(modelDir, language, pronounce));
    if (pronounce.size > 0) await sound(); // or a mistake would be found when a word is misheard
    const spoken = await keptSpokenWords(automaton, sound, options);
    const phrases =
      learnt && (await PhraseIntents.open(learnt, { fuzzyThreshold, skipWords, encoder }, native));
    return new LanguageIntents(compiled, phrases, sound, spoken, fuzzyThreshold);
  }

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
    if (text.length > MOST_LETTERS || this.#negatives.has(text)) return rejected;
    const whole = this.#matcher.readExactly(text, context, only);
    if (whole && !whole.isOpen) return whole.understanding;
    const several = readSeveral(text, language, (part, isFirst) => {
      const read = this.#matcher.readExactly(part, context, only);
      // A wildcard would take anything that follows.
      return read && (isFirst || !read.isOpen) ? read.understanding : undefined;
    });
    if (several) return several;
    if (whole?.understanding.intent) return whole.understanding;
    if (this.#negatives.isNear(text)) return rejected;
    return this.#guess(text, context, only, native);
  }

  async close(native: Native): Promise<void> {
    await this.#phrases?.release(native);
  }

  /** What a text may mean that no template has word for word, or none that is sure of it. */
  async #guess(
    text: string,
    context: Context,
    only: Intents | undefined,
    native: Native,
  ): Promise<Understanding> {
    const { language } = this.loaded.automaton;
    const comparer = await this.#comparer();
    const near = this.#matcher.matchNearly(text, context, comparer, only);
    if (near.decision === "accept") return near;
    const several = readSeveral(text, language, (part) => {
      const read = this.#matcher.match(part, context, comparer, only);
      return (read.intent?.confidence ?? 0) >= SURE_PART ? read : undefined;
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
