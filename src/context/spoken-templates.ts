import type { AudioInput } from "../audio/audio-input.ts";
import { EarshotError } from "../errors.ts";
import type { IntentEngine } from "../intent/engine/intent-engine.ts";
import type {
  PartialOptions,
  Recognition,
  RecognizeOptions,
  SpeechToText,
} from "../stt/speech-to-text.ts";
import type { LiveRecognizer } from "./live-recognizer.ts";

/** Name of the grammar of the fallback language. */
const FALLBACK = "fallback";

/** The templates of an intent engine as what may be heard, with what is expected now: context, active intents. */
export class SpokenTemplates implements LiveRecognizer {
  readonly #stt: SpeechToText;
  readonly #intent: IntentEngine;
  /** Phrases by the name of their grammar. */
  readonly #wakePhrases = new Map<string, string>();
  #unsayable: readonly string[] = [];
  #hasFallback = false;
  #phrases = 0;

  constructor(stt: SpeechToText, intent: IntentEngine) {
    this.#stt = stt;
    this.#intent = intent;
  }

  /** Words of the templates that have no pronunciation. */
  get unsayable(): readonly string[] {
    return this.#unsayable;
  }

  /** Takes the templates that are in force to the recogniser, also below every wake phrase. */
  async refresh(): Promise<void> {
    const grammar = this.#intent.speechGrammar();
    const fallback = this.#intent.fallbackSpeechGrammar();
    const { unsayable } = await this.#stt.setGrammar(grammar);
    const others = fallback && (await this.#stt.setGrammar(fallback, FALLBACK));
    this.#hasFallback = fallback !== undefined;
    this.#unsayable = [...new Set([...unsayable, ...(others?.unsayable ?? [])])];
    for (const [name, phrase] of this.#wakePhrases) {
      const { withWakePhrase } = await import("../grammar/wake-phrase.ts");
      await this.#stt.setGrammar(withWakePhrase(grammar, phrase), name);
      if (!this.#wakePhrases.has(name)) await this.#stt.removeGrammar(name); // nobody listens by it any more
    }
  }

  /**
   * Has the templates below a wake phrase, until `removeWakePhrase`.
   * @returns the name of that grammar
   * @throws EarshotError CONFIG_INVALID for a phrase that cannot be said
   */
  async addWakePhrase(phrase: string): Promise<string> {
    const grammar = this.#intent.speechGrammar();
    const name = `asleep ${++this.#phrases}`;
    this.#wakePhrases.set(name, phrase); // templates may be reloaded meanwhile
    try {
      const { wakeWords, withWakePhrase } = await import("../grammar/wake-phrase.ts");
      const { unsayable } = await this.#stt.setGrammar(withWakePhrase(grammar, phrase), name);
      const word = wakeWords(phrase, grammar.language).find((each) => unsayable.includes(each));
      if (word === undefined) return name;
      const message = `the wake phrase "${phrase}" cannot be heard: "${word}" has no pronunciation; give it one under pronounce:`;
      throw new EarshotError("CONFIG_INVALID", message);
    } catch (error) {
      await this.removeWakePhrase(name);
      throw error;
    }
  }

  async removeWakePhrase(name: string): Promise<void> {
    this.#wakePhrases.delete(name);
    await this.#stt.removeGrammar(name);
  }

  /** Like `SpeechToText.recognize`, then in the fallback language if the first language gives no command. */
  async recognize(audio: AudioInput, options: RecognizeOptions = {}): Promise<Recognition> {
    const { context, activeIntents } = this.#intent;
    this.#intent.assertIntents("intents", options.intents);
    const expected = {
      ...options,
      context: options.context ?? context,
      intents: options.intents ?? activeIntents,
    };
    const heard = await this.#stt.recognize(audio, expected);
    const mayBeOther = this.#hasFallback && options.grammar === undefined;
    if (heard.decision !== "reject" || !mayBeOther) return heard;
    const other = await this.#stt.recognize(audio, { ...expected, grammar: FALLBACK });
    return other.decision === "accept" ? other : heard;
  }

  partial(audio: AudioInput, options: PartialOptions = {}): Promise<string> {
    return this.#stt.partial(audio, options);
  }
}
