import { type EitherSignal, eitherSignal } from "../base/waiting/either-signal.ts";
import { toSamples } from "../audio/sample-time.ts";
import { EarshotError } from "../errors.ts";
import type { PartialOptions } from "../stt/speech-to-text.ts";
import type { LiveRecognizer } from "./live-recognizer.ts";

/** The utterance that is open; an Endpointer is one. */
export type OpenUtterance = {
  /** Its length so far. */
  readonly utteranceSamples: number;
  /** A copy of it. */
  utteranceSoFar(): Float32Array;
};

export type LivePartial = {
  readonly text: string;
  /** Position in the audio of the last that is in it, ms. */
  readonly heardMs: number;
};

/** Speech that must have come in since the last partial was asked for: 200 ms. */
const STEP_SAMPLES = toSamples(200);

/**
 * The text of an utterance while it is being spoken: one recognition at a time, of all that was said so far,
 * so that a slow machine gives fewer partials and never late ones. When one fails there are no more: what is wrong is
 * told when the utterance is recognised.
 */
export class LivePartials implements Disposable {
  readonly #recognizer: LiveRecognizer;
  readonly #abort = new AbortController();
  readonly #either: EitherSignal;
  readonly #options: PartialOptions;
  #askedSamples = 0;
  #isAsking = false;
  #hasFailed = false;
  #newest: LivePartial = { text: "", heardMs: 0 };
  #shown = "";
  /** What nobody could go on after: the context is closed, or a mistake of ours. */
  #fatal: unknown;

  constructor(recognizer: LiveRecognizer, { signal, grammar }: PartialOptions) {
    this.#recognizer = recognizer;
    this.#either = eitherSignal(this.#abort.signal, signal);
    this.#options = { signal: this.#either.signal, grammar };
  }

  /**
   * A text that was not taken before, if there is one; asks for the next when it is time.
   * @param heardMs position in the audio, which the utterance reaches by now
   * @param options.isOver probably nothing more is said: there is no next
   * @throws EarshotError CONTEXT_CLOSED
   */
  take(
    utterance: OpenUtterance,
    heardMs: number,
    { isOver }: { readonly isOver: boolean },
  ): LivePartial | undefined {
    if (this.#fatal !== undefined) throw this.#fatal;
    if (!this.#isAsking && !this.#hasFailed && !isOver) this.#askWhenDue(utterance, heardMs);
    if (this.#newest.text === this.#shown) return undefined;
    this.#shown = this.#newest.text;
    return this.#newest;
  }

  /** Stops asking; what is under way is dropped. */
  [Symbol.dispose](): void {
    this.#abort.abort();
    this.#either[Symbol.dispose]();
  }

  #askWhenDue(utterance: OpenUtterance, heardMs: number): void {
    if (utterance.utteranceSamples < this.#askedSamples + STEP_SAMPLES) return;
    this.#askedSamples = utterance.utteranceSamples;
    this.#isAsking = true;
    void this.#ask(utterance.utteranceSoFar(), heardMs);
  }

  async #ask(samples: Float32Array, heardMs: number): Promise<void> {
    try {
      const text = await this.#recognizer.partial(samples, this.#options);
      this.#newest = { text, heardMs };
    } catch (error) {
      if (this.#options.signal?.aborted) return;
      this.#hasFailed = true;
      if (!isOfThisUtterance(error)) this.#fatal = error;
    } finally {
      this.#isAsking = false;
    }
  }
}

/** A failure that ends an utterance, but not the listening. */
export function isOfThisUtterance(error: unknown): error is EarshotError {
  return error instanceof EarshotError && error.code !== "CONTEXT_CLOSED";
}
