import type { SupervisedChild } from "../../lifetime/resources/child-process.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError } from "../../errors.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { ChunkQueue } from "./chunk-queue.ts";
import { PcmReader, SAMPLE_RATE_HZ } from "../pcm.ts";
import { toSamples } from "../sample-time.ts";
import { startRecorder } from "./start-recorder.ts";

export type MicrophoneOptions = {
  /** Recorder program: "arecord", "sox", "rec", "parecord" or "pw-record". @default the first that is installed */
  readonly recorder?: string;
  /** Device, by the name that the recorder uses for it. @default the default device of the system */
  readonly device?: string;
  /** Time without sound after which the microphone fails, ms. @default 2000 */
  readonly stallMs?: number;
  /** Sound that is buffered for the iteration, ms. Beyond it the oldest is dropped and counted. @default 5000 */
  readonly bufferMs?: number;
  /** Closes the microphone. The iteration then throws the reason of the signal. */
  readonly signal?: AbortSignal;
};

const DEFAULTS = { stallMs: 2_000, bufferMs: 5_000 } as const satisfies MicrophoneOptions;

export const MICROPHONE_NAMES = {
  ...DEFAULTS,
  recorder: true,
  device: true,
  signal: true,
} satisfies OptionNames<MicrophoneOptions>;

/** Lines on stderr that are not errors: empty ones and the greeting of arecord. */
const GREETING = /^(Recording .*)?$/;

/**
 * Opens the microphone and resolves once sound arrives. The recorder ends with the iteration, with the scope and with
 * this process, however that ends.
 *
 * @throws EarshotError RECORDER_MISSING; MICROPHONE_FAILED if there is no device, or no sound from it; CONTEXT_CLOSED.
 *   Throws `signal.reason` when aborted, RangeError for an unknown recorder, TypeError for an unknown option
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
 * One run of a recorder, as an iteration over chunks of mono 16 kHz Float32. The iteration ends when the microphone or
 * its scope closes, and rejects with MICROPHONE_FAILED when the recorder ends by itself or stalls. Leaving the loop
 * closes the microphone. `superviseMicrophone` opens another one after a failure.
 */
export class Microphone implements AsyncIterable<Float32Array<ArrayBuffer>>, AsyncDisposable {
  /** Name of the recorder program. */
  readonly recorder: string;
  /** Resolves when the first sound arrives. Rejects if the recorder fails before. */
  readonly ready: Promise<void>;
  readonly #child: SupervisedChild;
  readonly #queue: ChunkQueue;
  readonly #stallMs: number;
  readonly #stallTimer: NodeJS.Timeout;
  readonly #closed = new AbortController();

  /**
   * @param child the recorder, just started
   * @param ownerSignal aborts when the scope of the recorder closes
   */
  constructor(child: SupervisedChild, ownerSignal: AbortSignal, options: MicrophoneOptions) {
    const { stallMs, bufferMs, signal } = { ...DEFAULTS, ...options };
    this.recorder = child.name;
    this.#child = child;
    this.#queue = new ChunkQueue(toSamples(bufferMs));
    this.#stallMs = stallMs;
    this.#stallTimer = setTimeout(() => this.#onStall(), stallMs).unref();
    this.ready = this.#listen(ownerSignal);
    this.ready.catch(() => {}); // the iteration rejects with the same error
    const until = { signal: this.#closed.signal };
    ownerSignal.addEventListener("abort", () => this.#queue.end(), until);
    signal?.addEventListener("abort", () => this.#fail(signal.reason), until);
  }

  /** Number of samples dropped because the iteration was too slow. */
  get droppedSamples(): number {
    return this.#queue.droppedSamples;
  }

  /** Stops the recorder by a signal, and kills it after 500 ms. Idempotent. */
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
    // 'exit' can come before the last sound; 'close' comes after it.
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
    this.#fail(this.#failure(`delivered no sound for ${this.#stallMs} ms`));
  }

  /** Makes the iteration throw `reason` after the sound that has arrived. Has no effect after its end. */
  #fail(reason: unknown): void {
    clearTimeout(this.#stallTimer);
    this.#queue.end(reason);
    this.#child.stop().catch(() => {}); // the iteration has an error already, and close() reports this one
  }

  #failure(what: string): EarshotError {
    const lines = this.#child.outputTail.split("\n").filter((line) => !GREETING.test(line));
    const lastLine = lines.at(-1);
    const said = lastLine === undefined ? "" : `: ${lastLine}`;
    return new EarshotError(
      "MICROPHONE_FAILED",
      `${this.recorder} ${what}${said}; check that a microphone is connected and not in use, or choose another device.`,
    );
  }
}
