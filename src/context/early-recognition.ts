import { eitherSignal } from "../base/waiting/either-signal.ts";
import type { Recognition, RecognizeOptions } from "../stt/speech-to-text.ts";
import type { LiveRecognizer } from "./live-recognizer.ts";

/** An utterance that is probably over; an Endpointer is one. */
export type ProbableUtterance = {
  readonly probableEnd:
    | { readonly endSample: number; readonly samples: () => Float32Array }
    | undefined;
};

type Early = {
  readonly endSample: number;
  readonly options: RecognizeOptions;
  readonly answer: Promise<Recognition>;
  readonly abort: AbortController;
};

/**
 * Recognises an utterance while the silence that will end it is still waited for, so that the answer is there when it
 * is. Whoever goes on speaking has it done again after the next pause.
 */
export class EarlyRecognition implements Disposable {
  readonly #recognizer: LiveRecognizer;
  #early: Early | undefined;

  constructor(recognizer: LiveRecognizer) {
    this.#recognizer = recognizer;
  }

  /** Begins when it is time, once for each pause. True: it is under way, or done, for what was said so far. */
  follow({ probableEnd }: ProbableUtterance, options: RecognizeOptions): boolean {
    if (probableEnd === undefined) return false;
    const { endSample, samples } = probableEnd;
    if (this.#early?.endSample === endSample) return true;
    this[Symbol.dispose]();
    const abort = new AbortController();
    const either = eitherSignal(abort.signal, options.signal);
    const expected = { ...options, signal: either.signal };
    const answer = this.#recognizer.recognize(samples(), expected);
    answer.catch(() => {}).finally(() => either[Symbol.dispose]()); // whoever takes it sees the error
    this.#early = { endSample, options, answer, abort };
    return true;
  }

  /** The answer for the utterance that ended at `endSample`; undefined when that is another one. */
  take(endSample: number, { grammar }: RecognizeOptions): Promise<Recognition> | undefined {
    const early = this.#early;
    const isSame = early?.endSample === endSample && early.options.grammar === grammar;
    if (!isSame) this[Symbol.dispose]();
    this.#early = undefined;
    return isSame ? early?.answer : undefined;
  }

  /** Cancels the recognition in progress. */
  [Symbol.dispose](): void {
    this.#early?.abort.abort();
    this.#early = undefined;
  }
}
