import { Backoff } from "../../base/backoff.ts";
import { setTimeout as delay } from "node:timers/promises";
import { eitherSignal } from "../../base/waiting/either-signal.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import {
  MICROPHONE_NAMES,
  type Microphone,
  type MicrophoneOptions,
  openMicrophone,
} from "./microphone.ts";
import { toMs } from "../sample-time.ts";

export type MicrophoneEvent =
  /** The recorder ended, stalled or failed to start. */
  | {
      readonly state: "lost";
      readonly code: EarshotErrorCode;
      readonly message: string;
      /** Delay before the next start, ms. */
      readonly retryInMs: number;
    }
  /** The microphone delivers sound again, after `deafMs` without it. */
  | { readonly state: "opened"; readonly recorder: string; readonly deafMs: number }
  /** The iteration was too slow: `droppedMs` of the oldest sound were dropped since the last such event. */
  | { readonly state: "dropped"; readonly droppedMs: number };

/** A source of time, which tests replace to avoid waiting. */
export type Clock = {
  /** Milliseconds since an arbitrary moment. */
  readonly nowMs: () => number;
  /** Resolves after `ms` and rejects when `signal` aborts. */
  readonly delay: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

export type SupervisedMicrophoneOptions = MicrophoneOptions & {
  /** Receives what happens to the microphone. */
  readonly onEvent: (event: MicrophoneEvent) => void;
  /** @default the system clock */
  readonly clock?: Clock;
};

const NAMES = {
  ...MICROPHONE_NAMES,
  onEvent: true,
  clock: true,
} satisfies OptionNames<SupervisedMicrophoneOptions>;

/** Waits before the microphone is opened again. */
const REOPENING = { firstMs: 250, maxMs: 30_000, steadyMs: 10_000 } as const;

const REAL_CLOCK: Clock = {
  nowMs: () => performance.now(),
  delay: (ms, signal) => delay(ms, undefined, { signal }),
};

/**
 * Opens a microphone and keeps it open. When the recorder dies or stalls, or the device disappears, the iteration opens
 * it again: after 250 ms, then after twice as long each time, at most 30 s. Only the first opening must succeed.
 *
 * @throws the errors of `openMicrophone`
 */
export async function superviseMicrophone(
  scope: Scope,
  options: SupervisedMicrophoneOptions,
): Promise<AsyncIterable<Float32Array<ArrayBuffer>>> {
  assertOptionNames("superviseMicrophone", options, NAMES);
  const { onEvent, clock = REAL_CLOCK, ...wanted } = options;
  const first = await openMicrophone(scope, wanted);
  return new SupervisedMicrophone(scope, first, { onEvent, clock, wanted });
}

type Supervision = Required<Pick<SupervisedMicrophoneOptions, "onEvent" | "clock">> & {
  /** Options for every opening. */
  readonly wanted: MicrophoneOptions;
};

class SupervisedMicrophone implements AsyncIterable<Float32Array<ArrayBuffer>> {
  readonly #scope: Scope;
  readonly #wanted: MicrophoneOptions;
  readonly #onEvent: (event: MicrophoneEvent) => void;
  readonly #clock: Clock;
  #microphone: Microphone;
  readonly #backoff: Backoff;
  readonly #left = new AbortController();

  constructor(scope: Scope, microphone: Microphone, { onEvent, clock, wanted }: Supervision) {
    this.#scope = scope;
    this.#wanted = wanted;
    this.#onEvent = onEvent;
    this.#microphone = microphone;
    this.#clock = clock;
    this.#backoff = new Backoff({ ...REOPENING, nowMs: () => this.#clock.nowMs() });
    this.#backoff.started();
  }

  [Symbol.asyncIterator](): AsyncIterator<Float32Array<ArrayBuffer>, undefined> {
    const chunks = this.#untilLeft();
    return {
      next: () => chunks.next(),
      // A waiting generator ignores return() and would open another microphone that nobody uses.
      return: async () => {
        this.#left.abort();
        await this.#microphone.close();
        return await chunks.return(undefined);
      },
    };
  }

  async *#untilLeft(): AsyncGenerator<Float32Array<ArrayBuffer>, undefined> {
    using either = eitherSignal(this.#left.signal, this.#wanted.signal);
    try {
      yield* this.#allChunks(either.signal);
    } catch (error) {
      if (!this.#left.signal.aborted) throw error;
    }
  }

  async *#allChunks(signal: AbortSignal): AsyncGenerator<Float32Array<ArrayBuffer>> {
    for (;;) {
      try {
        yield* this.#chunks(this.#microphone);
        return; // the microphone was closed
      } catch (error) {
        await this.#reopen(error, signal);
      }
    }
  }

  async *#chunks(microphone: Microphone): AsyncGenerator<Float32Array<ArrayBuffer>> {
    let droppedSamples = 0;
    for await (const chunk of microphone) {
      if (microphone.droppedSamples > droppedSamples) {
        const samples = microphone.droppedSamples - droppedSamples;
        droppedSamples = microphone.droppedSamples;
        const droppedMs = toMs(samples);
        this.#onEvent({ state: "dropped", droppedMs });
      }
      yield chunk;
    }
  }

  /** Resolves when a microphone is open again. Rejects when the iteration or the scope has ended. */
  async #reopen(reason: unknown, signal: AbortSignal): Promise<void> {
    const lostMs = this.#clock.nowMs();
    for (let error = reason; ; ) {
      this.#assertWanted(error, signal);
      const { code, message } = error;
      const retryInMs = this.#backoff.nextMs();
      this.#onEvent({ state: "lost", code, message, retryInMs });
      await this.#wait(retryInMs, signal);
      try {
        this.#microphone = await openMicrophone(this.#scope, { ...this.#wanted, signal });
        break;
      } catch (again) {
        error = again;
      }
    }
    this.#backoff.started();
    const { recorder } = this.#microphone;
    const deafMs = Math.round(this.#clock.nowMs() - lostMs);
    this.#onEvent({ state: "opened", recorder, deafMs });
  }

  #assertWanted(error: unknown, signal: AbortSignal): asserts error is EarshotError {
    signal.throwIfAborted();
    this.#scope.assertOpen();
    if (error instanceof EarshotError) return;
    throw error;
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    using either = eitherSignal(this.#scope.signal, signal);
    try {
      await this.#clock.delay(ms, either.signal);
    } catch (error) {
      this.#assertWanted(error, signal);
    }
  }
}
