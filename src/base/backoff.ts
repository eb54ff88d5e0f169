const FIRST_MS = 250;
const LONGEST_MS = 60_000;
/** What has gone well for so long may fail anew. */
const FORGIVEN_MS = 60_000;

/** How long to wait before the next try: twice as long each time, up to a minute. */
export class Backoff {
  #failures = 0;
  #startedMs = 0;

  /** A try has succeeded. */
  started(): void {
    this.#startedMs = performance.now();
  }

  /** One has failed, or what it started has. */
  nextMs(): number {
    if (performance.now() - this.#startedMs > FORGIVEN_MS) this.#failures = 0;
    const ms = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    return ms;
  }
}
