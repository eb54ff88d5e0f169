import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { PartialOptions } from "../stt/speech-to-text.ts";
import type { LiveRecognizer } from "./live-recognizer.ts";

/** The utterance that is open; an Endpointer is one. */
export type OpenUtterance = {
  /** Its length so far. */
  readonly utteranceSamples: number;
  /** A copy of it. */
  utteranceSoFar(): Float32Array;
};

/** Speech that must have come in since the last partial was asked for: 200 ms. */
const STEP_SAMPLES = 0.2 * SAMPLE_RATE_HZ;

/**
 * The text of an utterance while it is being spoken: one recognition at a time, of all that was said so far,
 * so that a slow machine gives fewer partials and never late ones.
 */
export class LivePartials implements Disposable {
  readonly #recognizer: LiveRecognizer;
  readonly #abort = new AbortController();
  readonly #options: PartialOptions;
  #askedSamples = 0;
  #isAsking = false;
  #text = "";
  #shown = "";
  #failure: unknown;

  constructor(recognizer: LiveRecognizer, { signal, grammar }: PartialOptions) {
    this.#recognizer = recognizer;
    const own = this.#abort.signal;
    this.#options = {
      signal: signal === undefined ? own : AbortSignal.any([signal, own]),
      grammar,
    };
  }

  /**
   * A text that was not taken before, if there is one; asks for the next when it is time.
   * @throws what the recogniser threw
   */
  take(utterance: OpenUtterance): string | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#isAsking) this.#askWhenDue(utterance);
    if (this.#text === this.#shown) return undefined;
    this.#shown = this.#text;
    return this.#text;
  }

  /** Stops asking; what is under way is dropped. */
  [Symbol.dispose](): void {
    this.#abort.abort();
  }

  #askWhenDue(utterance: OpenUtterance): void {
    if (utterance.utteranceSamples < this.#askedSamples + STEP_SAMPLES) return;
    this.#askedSamples = utterance.utteranceSamples;
    this.#isAsking = true;
    void this.#ask(utterance.utteranceSoFar());
  }

  async #ask(samples: Float32Array): Promise<void> {
    try {
      this.#text = await this.#recognizer.partial(samples, this.#options);
    } catch (error) {
      if (!this.#options.signal?.aborted) this.#failure = error;
    } finally {
      this.#isAsking = false;
    }
  }
}
