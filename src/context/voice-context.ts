import type { AudioInput } from "../audio/audio-input.ts";
import { EarshotError } from "../errors.ts";
import type { Automaton } from "../grammar/automaton.ts";
import { wakeWords, withWakePhrase } from "../grammar/wake-phrase.ts";
import { IntentEngine } from "../intent/intent-engine.ts";
import type { ListenEvent } from "../orchestrator/events.ts";
import { listen, type ListenOptions } from "../orchestrator/listen.ts";
import { SpeechToText, type Recognition, type RecognizeOptions } from "../stt/speech-to-text.ts";
import { cleanupRegistry } from "./cleanup-registry.ts";
import { forceExit } from "./force-exit.ts";
import { Scope } from "./scope.ts";
import {
  voiceContextSettings,
  type VoiceContextOptions,
  type VoiceContextSettings,
} from "./voice-context-options.ts";

export type { VoiceContextOptions };

export type ContextListenOptions = Omit<ListenOptions, "asleepGrammar"> & {
  /** Act only on what is said with or after this phrase; any phrase, no training. */
  readonly wake?: string;
};

/**
 * A lifetime with ears: speech recognition and intents, in worker threads, all let go when it closes.
 *
 * ```ts
 * await using ctx = await VoiceContext.start({ intents: "./intents", handleSignals: true });
 * const { intent } = await ctx.recognize("kitchen.wav");
 * ```
 */
export class VoiceContext implements AsyncDisposable {
  /** As given, with the defaults. */
  readonly options: VoiceContextSettings;
  readonly #signal: AbortSignal | undefined;
  #scope: Scope | undefined;
  #started: Promise<this> | undefined;
  #stt: SpeechToText | undefined;
  #intent: IntentEngine | undefined;
  #unsayable: readonly string[] = [];
  #listenings = 0;

  /** Acquires nothing; `start` does. @throws TypeError, RangeError naming the option */
  constructor(options: VoiceContextOptions = {}) {
    this.options = voiceContextSettings(options);
    this.#signal = options.signal;
  }

  /** `new VoiceContext(options).start()` */
  static start(options: VoiceContextOptions = {}): Promise<VoiceContext> {
    return new VoiceContext(options).start();
  }

  /**
   * Starts the workers and loads model and templates. A failed start leaves nothing behind.
   * @throws EarshotError MODEL_INVALID, MODEL_LOAD_FAILED, TEMPLATES_INVALID, CONTEXT_CLOSED; `signal.reason`
   */
  start(): Promise<this> {
    this.#started ??= this.#startOnce();
    return this.#started;
  }

  /** Speech → text. @throws EarshotError CONTEXT_CLOSED before `start` and after `close` */
  get stt(): SpeechToText {
    return this.#stt ?? this.#notStarted();
  }

  /** Text → intent. @throws EarshotError CONTEXT_CLOSED before `start`, and without `enableIntent` */
  get intent(): IntentEngine {
    return this.#intent ?? this.#notStarted();
  }

  /**
   * Words of the templates that have no pronunciation, such as those in another script: sentences with them are
   * understood when typed and never heard.
   */
  get unsayable(): readonly string[] {
    return this.#unsayable;
  }

  /** Aborts when the context begins to close. */
  get signal(): AbortSignal {
    return this.#scope?.signal ?? this.#notStarted();
  }

  /** What hangs on this is let go with the context. */
  get scope(): Scope {
    return this.#scope ?? this.#notStarted();
  }

  /**
   * One recording → intent, the speech decoded straight through the templates.
   * @throws EarshotError AUDIO_…, RECOGNITION_FAILED, CONTEXT_CLOSED; `signal.reason`
   */
  recognize(audio: AudioInput, options: RecognizeOptions = {}): Promise<Recognition> {
    return this.stt.recognize(audio, options);
  }

  /**
   * Live audio → events, until it ends, `signal` aborts or the context closes.
   * @param audio mono Float32 chunks at 16 kHz, of any length
   * @throws EarshotError CONTEXT_CLOSED, also without intents; CONFIG_INVALID for a wake phrase that cannot be said
   */
  async *listen(
    audio: AsyncIterable<Float32Array>,
    options: ContextListenOptions = {},
  ): AsyncGenerator<ListenEvent, void, undefined> {
    const { wake, ...listening } = options;
    const { automaton } = this.intent;
    const signal = this.#signalWith(options.signal);
    if (wake === undefined) {
      yield* listen(audio, this.stt, { ...listening, signal });
      return;
    }
    const asleepGrammar = `asleep ${++this.#listenings}`;
    try {
      await this.#setWakePhrase(automaton, wake, asleepGrammar);
      yield* listen(audio, this.stt, { ...listening, signal, asleepGrammar });
    } finally {
      await this.stt.removeGrammar(asleepGrammar);
    }
  }

  /** Runs every cleanup of the process, then leaves it with `code`. */
  forceExit(code?: number): Promise<never> {
    return forceExit(code);
  }

  /** Idempotent; all callers share one run. @throws EarshotError CLEANUP_FAILED */
  async close(): Promise<void> {
    await this.#scope?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #startOnce(): Promise<this> {
    this.#signal?.throwIfAborted();
    const scope = new Scope("voice context");
    this.#scope = scope;
    try {
      if (this.options.handleSignals) {
        scope.use(cleanupRegistry.installSignalHandlers(), {
          name: "signal handlers",
          phase: "logs",
        });
      }
      this.#closeOnAbort(scope);
      await this.#open(scope);
      return this;
    } catch (error) {
      await scope.close();
      throw this.#signal?.aborted ? this.#signal.reason : error;
    }
  }

  async #open(scope: Scope): Promise<void> {
    process.env["ORT_DISABLE_TELEMETRY"] ??= "1"; // or onnxruntime leaves a log of it in the temp folder
    const { language, model, isolation, enableIntent, fuzzyThreshold } = this.options;
    const intents = [this.options.intents].flat();
    const lists = [this.options.lists].flat();
    const [stt, intent] = await Promise.all([
      this.#timed("speech model", SpeechToText.open(scope, { model, language, isolation })),
      enableIntent && intents.length > 0
        ? this.#timed(
            "templates",
            IntentEngine.open(scope, { intents, lists, language, fuzzyThreshold }),
          )
        : undefined,
    ]);
    if (intent !== undefined) {
      const taken = this.#timed("templates as speech", stt.setGrammar(intent.automaton));
      this.#unsayable = (await taken).unsayable;
    }
    scope.assertOpen();
    [this.#stt, this.#intent] = [stt, intent];
  }

  async #setWakePhrase(automaton: Automaton, phrase: string, grammar: string): Promise<void> {
    const asleep = withWakePhrase(automaton, phrase);
    const { unsayable } = await this.stt.setGrammar(asleep, grammar);
    const words = wakeWords(phrase, automaton.language);
    const word = words.find((each) => unsayable.includes(each));
    if (word === undefined) return;
    const message = `the wake phrase "${phrase}" cannot be heard: "${word}" has no pronunciation`;
    throw new EarshotError("CONFIG_INVALID", message);
  }

  #closeOnAbort(scope: Scope): void {
    const signal = this.#signal;
    if (signal === undefined) return;
    // Whoever closes the context sees a failure too; the one who aborted has nobody to tell.
    const onAbort = (): void =>
      void scope.close().catch((error: Error) => process.emitWarning(error));
    signal.addEventListener("abort", onAbort, { once: true });
    scope.defer(() => signal.removeEventListener("abort", onAbort), { name: "abort listener" });
  }

  async #timed<T>(what: string, work: Promise<T>): Promise<T> {
    const startedMs = performance.now();
    const result = await work;
    const tookMs = Math.round(performance.now() - startedMs);
    if (this.options.debug) process.stderr.write(`earshot: ${what}: ready after ${tookMs} ms\n`);
    return result;
  }

  #signalWith(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? this.signal : AbortSignal.any([signal, this.signal]);
  }

  #notStarted(): never {
    throw new EarshotError(
      "CONTEXT_CLOSED",
      "This part of the context is not running: call start() first, and give it intents",
    );
  }
}
