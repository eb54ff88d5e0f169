import type { SupervisedChild } from "../../lifetime/resources/child-process.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError } from "../../errors.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { ChunkQueue } from "./chunk-queue.ts";
import { PcmReader, SAMPLE_RATE_HZ } from "../pcm.ts";
import { startRecorder } from "./start-recorder.ts";

export type MicrophoneOptions = {
  /** Program that records: "arecord", "sox", "rec", "parecord" or "pw-record". @default the first that is installed */
  readonly recorder?: string;
  /** Device, as that program names it. @default the system's */
  readonly device?: string;
  /** No sound for this long is a failure, ms. @default 2000 */
  readonly stallMs?: number;
  /** Sound that may wait to be taken; beyond it the oldest is dropped and counted, ms. @default 5000 */
  readonly bufferMs?: number;
  /** Closes the microphone; the iteration then throws its reason. */
  readonly signal?: AbortSignal;
};

const DEFAULTS = { stallMs: 2_000, bufferMs: 5_000 } as const satisfies MicrophoneOptions;

export const MICROPHONE_NAMES = {
  ...DEFAULTS,
  recorder: true,
  device: true,
  signal: true,
} satisfies OptionNames<MicrophoneOptions>;

/** Lines on stderr that are no complaint: none, and what arecord says when it begins. */
const GREETING = /^(Recording .*)?$/;

/**
 * Opens the microphone; resolves once sound arrives. The recorder ends with the iteration, with the scope,
 * and with this process whatever way that ends.
 *
 * Errors: RECORDER_MISSING; MICROPHONE_FAILED (no device, or no sound from it); CONTEXT_CLOSED;
 * `signal.reason`; RangeError for a recorder that is not known; TypeError for an option that is not.
 */
export async function openMicrophone(
  scope: Scope,
  options: MicrophoneOptions = {},
): Promise<Microphone> {
  assertOptionNames("openMicrophone", options, MICROPHONE_NAMES);
  options.signal?.throwIfAborted();
  const microphone = new Microphone(startRecorder(scope, options), scope.signal, options);
  try {
    await microphone.ready;
    return microphone;
  } catch (error) {
    await microphone.close();
    throw error;
  }
}

/**
 * One run of a recorder: chunks of mono 16 kHz Float32. The iteration ends when the microphone or its scope is
 * closed and rejects with MICROPHONE_FAILED when the recorder ends by itself or stalls; leaving it closes the
 * microphone. Whether to open another is for the caller to decide.
 */
export class Microphone implements AsyncIterable<Float32Array<ArrayBuffer>>, AsyncDisposable {
  /** Name of the recorder program. */
  readonly recorder: string;
  /** Resolves when the first sound has arrived; rejects when none will. */
  readonly ready: Promise<void>;
  readonly #child: SupervisedChild;
  readonly #queue: ChunkQueue;
  readonly #stallMs: number;
  readonly #stallTimer: NodeJS.Timeout;
  readonly #closed = new AbortController();

  /** `child`: the recorder, just started. `ownerSignal`: aborts when its owner stops it. */
  constructor(child: SupervisedChild, ownerSignal: AbortSignal, options: MicrophoneOptions) {
    const { stallMs, bufferMs, signal } = { ...DEFAULTS, ...options };
    this.recorder = child.name;
    this.#child = child;
    this.#queue = new ChunkQueue((bufferMs * SAMPLE_RATE_HZ) / 1_000);
    this.#stallMs = stallMs;
    this.#stallTimer = setTimeout(() => this.#onStall(), stallMs).unref();
    this.ready = this.#listen(ownerSignal);
    this.ready.catch(() => {}); // whoever iterates instead of waiting meets the same error there
    const until = { signal: this.#closed.signal };
    ownerSignal.addEventListener("abort", () => this.#queue.end(), until);
    signal?.addEventListener("abort", () => this.#fail(signal.reason), until);
  }

  /** Samples that were lost because nobody took them in time. */
  get droppedSamples(): number {
    return this.#queue.droppedSamples;
  }

  /** Stops the recorder: asked first, killed after 500 ms. Idempotent. */
  async close(): Promise<void> {
    this.#closed.abort();
    clearTimeout(this.#stallTimer);
    this.#queue.end();
    await this.#child.stop();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Float32Array<ArrayBuffer>> {
    try {
      for (;;) {
        const chunk = await this.#queue.next();
        if (chunk === undefined) return;
        yield chunk;
      }
    } finally {
      await this.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #listen(ownerSignal: AbortSignal): Promise<void> {
    const { process: recorder, started } = this.#child;
    const reader = new PcmReader("s16", 1);
    recorder.stdout?.on("data", (bytes: Uint8Array) => {
      this.#stallTimer.refresh();
      this.#queue.push(reader.push(bytes));
    });
    started.catch((error: unknown) => this.#fail(error));
    // 'close' rather than 'exit': only then has the last sound arrived.
    recorder.once("close", (code) => {
      if (recorder.pid !== undefined) this.#fail(this.#failure(`ended (${code ?? "killed"})`));
    });
    if (!(await this.#queue.hasChunk())) ownerSignal.throwIfAborted();
    const otherRate = /rate is not accurate.*got = (\d+)/i.exec(this.#child.outputTail)?.[1];
    if (otherRate === undefined) return;
    const error = this.#failure(`records at ${otherRate} Hz instead of ${SAMPLE_RATE_HZ}`);
    this.#fail(error);
    throw error;
  }

  #onStall(): void {
    this.#fail(this.#failure(`has given no sound for ${this.#stallMs} ms`));
  }

  /** The iteration gets what has arrived, then `reason`. Without effect on one that has ended. */
  #fail(reason: unknown): void {
    clearTimeout(this.#stallTimer);
    this.#queue.end(reason);
    this.#child.stop().catch(() => {}); // the taker has an error already, and whoever closes meets this one
  }

  #failure(what: string): EarshotError {
    const lines = this.#child.outputTail.split("\n").filter((line) => !GREETING.test(line));
    const lastLine = lines.at(-1);
    const said = lastLine === undefined ? "" : `: ${lastLine}`;
    return new EarshotError(
      "MICROPHONE_FAILED",
      `${this.recorder} ${what}${said}; check that a microphone is there and free, or name another device.`,
    );
  }
}
