import type { Scope } from "../../lifetime/scope.ts";

const BEAT_MS = 250;
const PING_MS = 1_000;
/** Growth of the process after which the thread is asked at once how much of it is its own, bytes. */
const GROWTH_BYTES = 64 * 2 ** 20;
/** Beats that are later than this: the machine slept, or this thread was busy itself. */
const LATE_MS = 1_000;

export type HeartbeatOptions = {
  readonly ping: () => void;
  /** Most that the thread may hold, bytes. */
  readonly memoryLimitBytes: number;
  /** It has not answered for so long. */
  readonly onBlocked: (blockedMs: number) => void;
  /** It holds more than it may; `isBlocked` when it does not answer meanwhile. */
  readonly onMemory: (bytes: number, isBlocked: boolean) => void;
};

/** Notices when a thread does not answer any more, or eats up the memory: its own limit can abort the process. */
export class Heartbeat implements Disposable {
  readonly #options: HeartbeatOptions;
  readonly #timer: Disposable & { release(): Promise<void> };
  /** Time limit for an answer, ms. */
  blockedMs: number;
  #askedMs: number | undefined;
  #beatMs = performance.now();
  #answeredMs = performance.now();
  #answeredRssBytes = process.memoryUsage.rss();

  constructor(scope: Scope, name: string, blockedMs: number, options: HeartbeatOptions) {
    this.#options = options;
    this.blockedMs = blockedMs;
    this.#timer = scope.interval(`heartbeat of ${name}`, BEAT_MS, () => this.#beat(), {
      keepAlive: false,
    });
  }

  /** The thread has answered: it holds `memoryBytes`. */
  answered(memoryBytes: number): void {
    this.#askedMs = undefined;
    this.#answeredMs = performance.now();
    this.#answeredRssBytes = process.memoryUsage.rss();
    if (memoryBytes > this.#options.memoryLimitBytes) this.#options.onMemory(memoryBytes, false);
  }

  [Symbol.dispose](): void {
    void this.#timer.release();
  }

  #beat(): void {
    const nowMs = performance.now();
    const isLate = nowMs - this.#beatMs > LATE_MS;
    this.#beatMs = nowMs;
    if (isLate && this.#askedMs !== undefined) this.#askedMs = nowMs; // its answer may be waiting
    const grownBytes = process.memoryUsage.rss() - this.#answeredRssBytes;
    if (this.#askedMs === undefined) {
      if (nowMs - this.#answeredMs < PING_MS && grownBytes < GROWTH_BYTES) return;
      this.#askedMs = nowMs;
      this.#options.ping();
    } else if (nowMs - this.#askedMs > this.blockedMs) {
      this.#options.onBlocked(nowMs - this.#askedMs);
    } else if (grownBytes > this.#options.memoryLimitBytes) {
      this.#options.onMemory(grownBytes, true);
    }
  }
}
