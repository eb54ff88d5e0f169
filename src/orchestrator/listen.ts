import { Endpointer, type EndpointerEvent, type EndpointerOptions } from "../audio/endpointer.ts";
import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { untilAborted } from "../audio/until-aborted.ts";
import { EarshotError } from "../errors.ts";
import type { Context } from "../grammar/context.ts";
import { WAKE_INTENT } from "../grammar/wake-phrase.ts";
import type { Recognition, RecognizeOptions } from "../stt/speech-to-text.ts";
import type { ListenEvent } from "./events.ts";
import { LivePartials } from "./live-partials.ts";
import type { LiveRecognizer } from "./live-recognizer.ts";

/** After the wake phrase alone a command may follow for this long, ms. */
const AWAKE_MS = 8_000;

export type ListenOptions = {
  /** Silence that ends an utterance, ms. @default 600 */
  readonly silenceMs?: number;
  /** What is known already, for sentences that need it. */
  readonly context?: Context;
  readonly endpointing?: EndpointerOptions;
  /**
   * Name of the recogniser's grammar of what may be said while asleep (see `withWakePhrase`): commands count
   * only with or after the wake phrase. @default always awake
   */
  readonly asleepGrammar?: string;
  /** Ends the listening without an error, also while no audio comes. */
  readonly signal?: AbortSignal;
};

/**
 * Live audio → events, one utterance after another. Pulled: audio is read only as fast as events are taken,
 * and nothing is kept but the utterance in progress. Ends with the audio, or when `signal` aborts.
 *
 * @param audio mono Float32 chunks at 16 kHz, of any length
 */
export async function* listen(
  audio: AsyncIterable<Float32Array>,
  recognizer: LiveRecognizer,
  options: ListenOptions = {},
): AsyncGenerator<ListenEvent, void, undefined> {
  using listening = new Listening(recognizer, options);
  yield { type: "ready", atMs: 0 };
  try {
    for await (const chunk of untilAborted(audio, options.signal)) yield* listening.push(chunk);
    yield* listening.end();
  } catch (error) {
    if (!options.signal?.aborted) throw error;
  }
}

class Listening implements Disposable {
  readonly #recognizer: LiveRecognizer;
  readonly #options: ListenOptions;
  readonly #endpointer: Endpointer;
  #heardSamples = 0;
  #utterances = 0;
  #partials: LivePartials | undefined;
  /** Samples heard until which commands are taken without the wake phrase. */
  #awakeUntil: number;

  constructor(recognizer: LiveRecognizer, options: ListenOptions) {
    this.#recognizer = recognizer;
    this.#options = options;
    const { silenceMs, asleepGrammar } = options;
    this.#awakeUntil = asleepGrammar === undefined ? Infinity : 0;
    this.#endpointer = new Endpointer({
      ...(silenceMs === undefined ? {} : { silenceMs }),
      ...options.endpointing,
    });
  }

  async *push(chunk: Float32Array): AsyncGenerator<ListenEvent> {
    this.#heardSamples += chunk.length;
    for (const event of this.#endpointer.push(chunk)) yield* this.#take(event);
    const text = this.#partials?.take(this.#endpointer);
    if (text !== undefined) yield { type: "partial", ...this.#now(), text };
  }

  async *end(): AsyncGenerator<ListenEvent> {
    for (const event of this.#endpointer.flush()) yield* this.#take(event);
  }

  /** Stops asking for the text of an utterance that is still open. */
  [Symbol.dispose](): void {
    this.#partials?.[Symbol.dispose]();
    this.#partials = undefined;
  }

  async *#take(event: EndpointerEvent): AsyncGenerator<ListenEvent> {
    switch (event.type) {
      case "speech-start":
        this.#utterances += 1;
        this.#partials = new LivePartials(this.#recognizer, this.#recognizeOptions());
        yield { type: "speech-start", ...this.#now(), atMs: toMs(event.atSample) };
        break;
      case "speech-end": {
        this[Symbol.dispose]();
        const audioMs = toMs(event.samples.length);
        const reason = event.reason === "flush" ? "end-of-audio" : event.reason;
        yield { type: "speech-end", ...this.#now(), audioMs, reason };
        yield* this.#recognize(event.samples);
        break;
      }
    }
  }

  async *#recognize(samples: Float32Array): AsyncGenerator<ListenEvent> {
    const now = this.#now();
    const startedMs = performance.now();
    let heard: Recognition;
    try {
      heard = await this.#recognizer.recognize(samples, this.#recognizeOptions());
    } catch (error) {
      if (!(error instanceof EarshotError) || error.code === "CONTEXT_CLOSED") throw error;
      yield { type: "error", ...now, code: error.code, message: error.message };
      return;
    }
    const { text, decision, candidates, audioMs } = heard;
    const tookMs = Math.round(performance.now() - startedMs);
    const confidence = candidates[0]?.confidence ?? 0;
    yield { type: "final", ...now, text, confidence, audioMs, tookMs };
    if (decision === "reject")
      yield { type: "ignored", ...now, reason: this.#whyIgnored(text), text };
    else yield* this.#act({ ...heard, decision }, now);
  }

  async *#act(
    { text, intent, decision, candidates }: Recognition & { decision: "accept" | "ambiguous" },
    now: Now,
  ): AsyncGenerator<ListenEvent> {
    const wasAsleep = this.#isAsleep;
    if (wasAsleep) yield { type: "wake", ...now, text };
    if (intent?.name === WAKE_INTENT) {
      this.#awakeUntil = this.#heardSamples + (AWAKE_MS / 1000) * SAMPLE_RATE_HZ;
      return;
    }
    if (this.#options.asleepGrammar !== undefined) this.#awakeUntil = 0;
    yield { type: "intent", ...now, intent, text, decision, candidates };
  }

  get #isAsleep(): boolean {
    return this.#heardSamples > this.#awakeUntil;
  }

  #whyIgnored(text: string): "no-speech" | "no-wake-phrase" | "not-a-command" {
    if (this.#isAsleep) return "no-wake-phrase";
    return text === "" ? "no-speech" : "not-a-command";
  }

  #recognizeOptions(): RecognizeOptions {
    const { signal, context, asleepGrammar } = this.#options;
    return { signal, context, grammar: this.#isAsleep ? asleepGrammar : undefined };
  }

  #now(): Now {
    return { atMs: toMs(this.#heardSamples), utteranceId: `u${this.#utterances}` };
  }
}

type Now = { readonly atMs: number; readonly utteranceId: string };

function toMs(samples: number): number {
  return Math.round((samples / SAMPLE_RATE_HZ) * 1000);
}
