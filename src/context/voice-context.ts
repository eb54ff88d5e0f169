import { onAbort } from "../base/waiting/on-abort.ts";
import type { AudioInput } from "../audio/audio-input.ts";
import { EarshotError, type EarshotErrorCode } from "../errors.ts";
import { IntentEngine } from "../intent/engine/intent-engine.ts";
import type { ListenEvent } from "./events.ts";
import { listen, type ListenOptions } from "./listen.ts";
import { assertOptionNames, type OptionNames } from "../base/option-names.ts";
import { SpokenTemplates } from "./spoken-templates.ts";
import { findModel } from "../models/model-folder.ts";
import { SpeechToText, type Recognition, type RecognizeOptions } from "../stt/speech-to-text.ts";
import { cleanupRegistry } from "../lifetime/cleanup/cleanup-registry.ts";
import { eitherSignal } from "../base/waiting/either-signal.ts";
import { forceExit } from "../lifetime/exit/force-exit.ts";
import { Scope } from "../lifetime/scope.ts";
import {
  intentOptions,
  voiceContextSettings,
  type VoiceContextOptions,
  type VoiceContextSettings,
} from "./voice-context-options.ts";

export type { VoiceContextOptions };

/** The result of reloading edited templates. */
export type TemplatesEvent =
  | {
      readonly state: "reloaded";
      /** Words without a pronunciation: sentences with them are not heard. */
      readonly unsayable: readonly string[];
    }
  /** The previous templates stay in force; `message` says where the mistake is. */
  | { readonly state: "failed"; readonly code: EarshotErrorCode; readonly message: string };

export type WatchTemplatesOptions = {
  readonly onEvent: (event: TemplatesEvent) => void;
  /** Called before edited files are read; when it throws an EarshotError they are not taken. */
  readonly beforeReload?: () => void;
};

export type ContextListenOptions = Omit<ListenOptions, "asleepGrammar"> & {
  /** Act only on what is said with or after this phrase; any phrase, no training. */
  readonly wake?: string;
};

const LISTEN_NAMES = {
  silenceMs: true,
  context: true,
  endpointing: true,
  pushToTalk: true,
  coolDownMs: true,
  attention: true,
  signal: true,
  wake: true,
} satisfies OptionNames<ContextListenOptions>;

const WATCH_NAMES = {
  onEvent: true,
  beforeReload: true,
} satisfies OptionNames<WatchTemplatesOptions>;
const RELOAD_NAMES = { intents: true, lists: true };

/**
 * A scope with speech recognition and intents in worker threads. Closing it releases everything.
 *
 * ```ts
 * await using ctx = await VoiceContext.start({ intents: "./intents", handleSignals: true });
 * const { intent } = await ctx.recognize("kitchen.wav");
 * ```
 */
export class VoiceContext implements AsyncDisposable {
  /** The given options with the defaults. */
  readonly options: VoiceContextSettings;
  readonly #signal: AbortSignal | undefined;
  #scope: Scope | undefined;
  #started: Promise<this> | undefined;
  #stt: SpeechToText | undefined;
  #intent: IntentEngine | undefined;
  #spoken: SpokenTemplates | undefined;

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
    return this.#spoken?.unsayable ?? [];
  }

  /** Aborts when the context begins to close. */
  get signal(): AbortSignal {
    return this.#scope?.signal ?? this.#notStarted();
  }

  /** The scope of the context: what it holds is released when the context closes. */
  get scope(): Scope {
    return this.#scope ?? this.#notStarted();
  }

  /**
   * One recording → intent, the speech decoded straight through the templates as one sentence: see
   * `SpeechToText.recognize`. For commands among talk give it to `listen`, by `streamAudio`.
   * @throws EarshotError AUDIO_…, RECOGNITION_FAILED, TEMPLATES_INVALID without intents, CONTEXT_CLOSED;
   * `signal.reason`
   */
  async recognize(audio: AudioInput, options: RecognizeOptions = {}): Promise<Recognition> {
    if (this.#spoken !== undefined) return this.#spoken.recognize(audio, options);
    try {
      return await this.stt.recognize(audio, options);
    } catch (cause) {
      if (!(cause instanceof EarshotError) || cause.code !== "TEMPLATES_INVALID") throw cause;
      const message = "This context has no sentence templates: start it with `intents`";
      throw new EarshotError("TEMPLATES_INVALID", message, { cause });
    }
  }

  /**
   * Takes other templates or lists, or the same files anew, for text and speech; what is being recognised is not
   * disturbed. A failed reload leaves everything as it is.
   * @throws TypeError for what are no paths; EarshotError TEMPLATES_INVALID with the place of the mistake, CONTEXT_CLOSED
   */
  async reloadTemplates(
    changes: Pick<VoiceContextOptions, "intents" | "lists"> = {},
  ): Promise<void> {
    assertOptionNames("reloadTemplates", changes, RELOAD_NAMES);
    const { intents, lists } = changes;
    await this.intent.reload({
      ...(intents === undefined ? {} : { intents: [intents].flat() }),
      ...(lists === undefined ? {} : { lists: [lists].flat() }),
    });
    await this.#spoken?.refresh();
  }

  /**
   * Reloads templates and lists when one of their files is edited, for text and speech, until the result is disposed
   * of or the context closes. A broken file leaves those before it in force, and the event says why and where.
   * @throws EarshotError CONTEXT_CLOSED, also without intents
   */
  watchTemplates(options: WatchTemplatesOptions): Disposable {
    assertOptionNames("watchTemplates", options, WATCH_NAMES);
    const { onEvent, beforeReload } = options;
    return this.intent.watch({
      ...(beforeReload === undefined ? {} : { beforeReload }),
      onReload: async () => {
        await this.#spoken?.refresh();
        onEvent({ state: "reloaded", unsayable: this.unsayable });
      },
      onError: ({ code, message, place }) => {
        const isTold = place === undefined || message.includes(place);
        onEvent({ state: "failed", code, message: isTold ? message : `${place}: ${message}` });
      },
    });
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
    assertOptionNames("listen", options, LISTEN_NAMES);
    const { wake, ...listening } = options;
    const spoken = this.#spoken ?? this.#notStarted();
    using either = eitherSignal(this.signal, options.signal);
    const { signal } = either;
    if (wake === undefined) {
      yield* listen(audio, spoken, { ...listening, signal });
      return;
    }
    const asleepGrammar = await spoken.addWakePhrase(wake);
    try {
      yield* listen(audio, spoken, { ...listening, signal, asleepGrammar });
    } finally {
      await spoken.removeWakePhrase(asleepGrammar);
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
    const { language, model, isolation, enableIntent } = this.options;
    const options = intentOptions(this.options);
    const [stt, intent] = await Promise.all([
      this.#timed("speech model", SpeechToText.open(scope, { model, language, isolation })),
      enableIntent && options.intents.length > 0
        ? this.#timed(
            "templates",
            IntentEngine.open(scope, { ...options, modelDir: findModel(model) }),
          )
        : undefined,
    ]);
    const spoken = intent && new SpokenTemplates(stt, intent);
    if (spoken) await this.#timed("templates as speech", spoken.refresh());
    scope.assertOpen();
    [this.#stt, this.#intent, this.#spoken] = [stt, intent, spoken];
    if (intent && this.options.reloadOnChange) this.watchTemplates({ onEvent: warnOfFailure });
  }

  #closeOnAbort(scope: Scope): void {
    if (this.#signal === undefined) return;
    // Whoever closes the context sees a failure; whoever aborts gets a warning.
    const closing = onAbort(
      this.#signal,
      () => void scope.close().catch((error: Error) => process.emitWarning(error)),
    );
    scope.defer(() => closing[Symbol.dispose](), { name: "abort listener" });
  }

  async #timed<T>(what: string, work: Promise<T>): Promise<T> {
    const startedMs = performance.now();
    const result = await work;
    const tookMs = Math.round(performance.now() - startedMs);
    if (this.options.debug) process.stderr.write(`earshot: ${what}: ready after ${tookMs} ms\n`);
    return result;
  }

  #notStarted(): never {
    throw new EarshotError(
      "CONTEXT_CLOSED",
      "This part of the context is not running: call start() first, and give it intents",
    );
  }
}

/** Warns of a failed reload if nobody watches. */
function warnOfFailure(event: TemplatesEvent): void {
  if (event.state === "failed") process.emitWarning(event.message, { code: event.code });
}
