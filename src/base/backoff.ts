/** Durations of a backoff, ms. */
export type BackoffOptions = {
  /** The first wait. */
  readonly firstMs: number;
  /** The longest wait. */
  readonly maxMs: number;
  /** After a success that lasted this long, the waits start again at `firstMs`. */
  readonly steadyMs: number;
  /** Clock, ms. @default performance.now */
  readonly nowMs?: () => number;
};

/**
 * Waits between tries: twice as long each time, up to a maximum.
 *
 * ```ts
 * const backoff = new Backoff({ firstMs: 250, maxMs: 60_000, steadyMs: 60_000 });
 * await delay(backoff.nextMs());
 * ```
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;
  #startedMs: number | undefined;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** Records that a try succeeded. */
  started(): void {
    this.#startedMs = this.#nowMs();
  }

  /** Records that a try, or what it started, failed. @returns the wait before the next try, ms */
  nextMs(): number {
    const { firstMs, maxMs, steadyMs } = this.#options;
    if (this.#startedMs !== undefined && this.#nowMs() - this.#startedMs >= steadyMs) {
      this.#failures = 0;
    }
    this.#startedMs = undefined; // only the first failure after a success can follow a steady time
    const ms = Math.min(maxMs, firstMs * 2 ** this.#failures);
    this.#failures += 1;
    return ms;
  }

  #nowMs(): number {
    return this.#options.nowMs?.() ?? performance.now();
  }
}
