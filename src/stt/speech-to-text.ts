import type { AudioInput } from "../audio/audio-input.ts";
import { assertAudio } from "../audio/assert-audio.ts";
import { assertSampleRate } from "../audio/resampler.ts";
import { eitherSignal } from "../base/waiting/either-signal.ts";
import type { Scope } from "../lifetime/scope.ts";
import { EarshotError } from "../errors.ts";
import type { Automaton } from "../grammar/automaton.ts";
import type { Context } from "../grammar/context.ts";
import { LANGUAGES, type Language } from "../languages/language.ts";
import { assertOneOf } from "../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../base/option-names.ts";
import type { Recognition, Transcript } from "./recognition.ts";
import { GrammarNames } from "./session/grammar-names.ts";
import { SpeechSession, type Isolation } from "./session/speech-session.ts";

export type { Recognition, TimedWord, Transcript } from "./recognition.ts";

export type SpeechToTextOptions = {
  /** "embedded", or the folder of another model. @default "embedded" */
  readonly model?: string;
  readonly language: Language;
  /** Where the model runs; a process can be killed during a long call. @default "thread" */
  readonly isolation?: Isolation;
};

export type HearOptions = {
  /** Rejects the call with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
  /** Rate of raw samples, Hz; files carry their own. @default 16000 */
  readonly sampleRateHz?: number | undefined;
};

export type PartialOptions = HearOptions & {
  /** Name of the templates, as given to `setGrammar`. @default "default" */
  readonly grammar?: string | undefined;
};

export type RecognizeOptions = PartialOptions & {
  /** What the program knows, for templates that require it: `{ area: "kitchen" }`. @default {} */
  readonly context?: Context | undefined;
  /** The intents that may be meant. @default all */
  readonly intents?: readonly string[] | undefined;
};

/** Counts of calls since opening. */
export type SpeechCounters = {
  readonly total: number;
  readonly ok: number;
  /** Calls that failed by bad audio or by the session; cancelled calls are neither ok nor failed. */
  readonly failed: number;
  readonly retries: number;
  /** Workers that replaced a failed one. */
  readonly rebuilds: number;
};

const DEFAULT_GRAMMAR = "default";

const HEAR_NAMES = { signal: true, sampleRateHz: true } satisfies OptionNames<HearOptions>;
const PARTIAL_NAMES = { ...HEAR_NAMES, grammar: true } satisfies OptionNames<PartialOptions>;
const RECOGNIZE_NAMES = {
  ...PARTIAL_NAMES,
  context: true,
  intents: true,
} satisfies OptionNames<RecognizeOptions>;

/** Speech to text and speech to intent. A worker does the work, one call at a time. */
export class SpeechToText {
  readonly language: Language;
  readonly #session: SpeechSession;
  readonly #scope: Scope;
  readonly #grammars: GrammarNames;
  #counters = { total: 0, ok: 0, failed: 0, retries: 0, rebuilds: 0 };

  private constructor(scope: Scope, session: SpeechSession, language: Language) {
    this.#scope = scope;
    this.#session = session;
    this.#grammars = new GrammarNames((id) => session.removeGrammar(id));
    this.language = language;
  }

  /**
   * Loads the model, or shares it with those in the process who have it loaded; closes with `scope`.
   * @throws RangeError for an unknown language
   * @throws EarshotError MODEL_INVALID, MODEL_LOAD_FAILED, CONTEXT_CLOSED
   */
  static async open(scope: Scope, options: SpeechToTextOptions): Promise<SpeechToText> {
    const { model = "embedded", language, isolation = "thread" } = options;
    assertOneOf("language", language, LANGUAGES);
    assertOneOf("isolation", isolation, ["thread", "process"]);
    const own = scope.fork("speech");
    try {
      const session = await SpeechSession.join(own, model, isolation);
      const { name, languages } = await session.card();
      if (!languages.includes(language)) {
        const message = `The model ${name} does not support "${language}", only ${languages.join(", ")}`;
        throw new EarshotError("MODEL_INVALID", message);
      }
      const stt = new SpeechToText(own, session, language);
      // Others may still share the session.
      own.defer(() => stt.#grammars.removeAll(), { name: "templates" });
      return stt;
    } catch (error) {
      await own.close();
      throw error;
    }
  }

  get counters(): SpeechCounters {
    return { ...this.#counters };
  }

  /**
   * Replaces the templates of a name. Calls in progress finish with the templates that they began with.
   * @returns `unsayable`: words without a pronunciation; phrases with them are never recognised
   * @throws EarshotError TEMPLATES_INVALID, CONTEXT_CLOSED
   */
  async setGrammar(
    automaton: Automaton,
    name: string = DEFAULT_GRAMMAR,
  ): Promise<{ readonly unsayable: readonly string[] }> {
    const { id, unsayable } = await this.#session.addGrammar(
      automaton,
      this.#scope.signal,
      this.#observer,
    );
    await this.#grammars.set(name, id);
    return { unsayable };
  }

  /** Removes templates; does nothing if the name has none, or if the worker has ended. */
  async removeGrammar(name: string): Promise<void> {
    await this.#grammars.set(name, undefined);
  }

  /**
   * Decodes a recording through the templates, as one phrase; a recording with other talk in it is rejected. From 23 to
   * 30 s on, a recording is cut at its quietest places into segments of 8 to 15 s, and the surest is the answer. Audio
   * without speech gives empty text and is rejected.
   * @throws TypeError, RangeError for an invalid audio or rate
   * @throws EarshotError AUDIO_…, RECOGNITION_FAILED, TEMPLATES_INVALID without templates, CONTEXT_CLOSED;
   * `signal.reason`
   */
  async recognize(audio: AudioInput, options: RecognizeOptions = {}): Promise<Recognition> {
    const startedMs = performance.now();
    assertOptionNames("recognize", options, RECOGNIZE_NAMES);
    const { grammar: name = DEFAULT_GRAMMAR } = options;
    const grammar = this.#grammars.get(name);
    if (grammar === undefined) {
      const message = `There are no sentence templates "${name}": set some first`;
      throw new EarshotError("TEMPLATES_INVALID", message);
    }
    const { context = {}, intents } = options;
    const request = { ...this.#request(audio, options), grammar, context, intents };
    const recognized = await this.#grammars.during(grammar, () =>
      this.#counted(options.signal, (signal) =>
        this.#session.call("recognize", request, signal, this.#observer),
      ),
    );
    return { ...recognized, tookMs: Math.round(performance.now() - startedMs) };
  }

  /**
   * Transcribes free speech with the model's own vocabulary.
   * @throws TypeError, RangeError for an invalid audio or rate
   * @throws EarshotError AUDIO_…, RECOGNITION_FAILED, MODEL_INVALID, CONTEXT_CLOSED; `signal.reason`
   */
  async transcribe(audio: AudioInput, options: HearOptions = {}): Promise<Transcript> {
    assertOptionNames("transcribe", options, HEAR_NAMES);
    const request = this.#request(audio, options);
    return await this.#counted(options.signal, (signal) =>
      this.#session.call("transcribe", request, signal, this.#observer),
    );
  }

  /**
   * The words so far in an utterance that goes on, through the templates if there are any. Each call decodes the whole
   * audio anew, about 3 ms a second.
   */
  async partial(audio: AudioInput, options: PartialOptions = {}): Promise<string> {
    assertOptionNames("partial", options, PARTIAL_NAMES);
    const grammar = this.#grammars.get(options.grammar ?? DEFAULT_GRAMMAR);
    const request = { ...this.#request(audio, options), grammar };
    const { text } = await this.#grammars.during(grammar, () =>
      this.#counted(options.signal, (signal) =>
        this.#session.call("partial", request, signal, this.#observer),
      ),
    );
    return text;
  }

  readonly #observer = {
    onRetry: (): void => void this.#counters.retries++,
    onRebuild: (): void => void this.#counters.rebuilds++,
  };

  #request(audio: AudioInput, { sampleRateHz }: HearOptions) {
    assertAudio(audio);
    if (sampleRateHz !== undefined) assertSampleRate(sampleRateHz);
    return { audio, sampleRateHz, language: this.language };
  }

  async #counted<T>(
    given: AbortSignal | undefined,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.#scope.assertOpen();
    using either = eitherSignal(this.#scope.signal, given);
    const { signal } = either;
    this.#counters.total++;
    try {
      const answer = await call(signal);
      this.#counters.ok++;
      return answer;
    } catch (error) {
      if (!signal.aborted) this.#counters.failed++;
      throw error;
    }
  }
}
