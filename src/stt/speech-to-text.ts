import type { AudioInput } from "../audio/audio-input.ts";
import { assertAudio } from "../audio/assert-audio.ts";
import { assertSampleRate } from "../audio/resampler.ts";
import { eitherSignal } from "../base/either-signal.ts";
import type { Scope } from "../lifetime/scope.ts";
import { EarshotError } from "../errors.ts";
import type { Automaton } from "../grammar/automaton.ts";
import type { Context } from "../grammar/context.ts";
import { LANGUAGES, type Language } from "../languages/language.ts";
import { assertOptionNames, type OptionNames } from "../base/option-names.ts";
import type { Recognition, Transcript } from "./recognition.ts";
import { GrammarNames } from "./session/grammar-names.ts";
import { SpeechSession, type Isolation } from "./session/speech-session.ts";

export type { Recognition, TimedWord, Transcript } from "./recognition.ts";

export type SpeechToTextOptions = {
  /** "embedded", or the folder of another model. @default "embedded" */
  readonly model?: string;
  readonly language: Language;
  /** Where the model runs; a process can be killed in the middle of a long call. @default "thread" */
  readonly isolation?: Isolation;
};

export type HearOptions = {
  /** Rejects the call with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
  /** Rate of raw samples, Hz; files say their own. @default 16000 */
  readonly sampleRateHz?: number | undefined;
};

export type PartialOptions = HearOptions & {
  /** Name of the templates to go by, as given to `setGrammar`. @default "default" */
  readonly grammar?: string | undefined;
};

export type RecognizeOptions = PartialOptions & {
  /** What is known already, for sentences that need it: `{ area: "kitchen" }`. @default {} */
  readonly context?: Context | undefined;
  /** Only these intents may be meant now. @default all */
  readonly intents?: readonly string[] | undefined;
};

/** How the calls went, since opening. */
export type SpeechCounters = {
  readonly total: number;
  readonly ok: number;
  /** Bad audio and failures of the session; cancelled calls count as neither. */
  readonly failed: number;
  readonly retries: number;
  /** New workers started because the old one failed. */
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

/** Speech → text and speech → intent. The work is done in a worker thread, call after call. */
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
   * Loads the model, or joins those in the process who have it loaded; closed with `scope`.
   * @throws RangeError for an unknown language
   * @throws EarshotError MODEL_INVALID, MODEL_LOAD_FAILED, CONTEXT_CLOSED
   */
  static async open(scope: Scope, options: SpeechToTextOptions): Promise<SpeechToText> {
    const { model = "embedded", language, isolation = "thread" } = options;
    if (!LANGUAGES.includes(language)) {
      throw new RangeError(
        `language must be one of ${LANGUAGES.join(", ")}, not ${JSON.stringify(language)}`,
      );
    }
    const own = scope.fork("speech");
    try {
      const session = await SpeechSession.join(own, model, isolation);
      const { name, languages } = await session.card();
      if (!languages.includes(language)) {
        const message = `The model ${name} does not know "${language}", only ${languages.join(", ")}`;
        throw new EarshotError("MODEL_INVALID", message);
      }
      const stt = new SpeechToText(own, session, language);
      // For the others who share the session.
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
   * Takes templates to recognise from now on, in place of those before of the same name. What is being recognised
   * by those is not disturbed.
   * @returns `unsayable`: words without a pronunciation; sentences with them are not heard
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

  /** Forgets templates; silent when there are none of that name, or the worker is gone. */
  async removeGrammar(name: string): Promise<void> {
    await this.#grammars.set(name, undefined);
  }

  /**
   * Decodes a recording straight through the templates, as one sentence: with other talk in it, it is rejected.
   * One that is longer than 23 to 30 s is cut at its quietest places into stretches of 8 to 15 s, of which the surest is
   * the answer. Audio without speech gives empty text and is rejected.
   * @throws TypeError, RangeError for audio or a rate that are none
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
    const heard = await this.#grammars.during(grammar, () =>
      this.#counted(options.signal, (signal) =>
        this.#session.call("recognize", request, signal, this.#observer),
      ),
    );
    return { ...heard, tookMs: Math.round(performance.now() - startedMs) };
  }

  /**
   * Writes down free speech with the model's own vocabulary.
   * @throws TypeError, RangeError for audio or a rate that are none
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
   * What was said so far in an utterance that goes on, through the templates if there are any. Hears all of
   * it anew: about 3 ms for each second.
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
