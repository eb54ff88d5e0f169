import { deferred } from "../../base/waiting/deferred.ts";
import type { Generation } from "./generation.ts";

/** The generation that takes commands: none while one takes over from another, and after a crash. */
export class ActiveGeneration {
  #current: Generation | undefined;
  #changed = deferred();
  #waiting = 0;

  get current(): Generation | undefined {
    return this.#current;
  }

  /** Commands that wait for one. */
  get waiting(): number {
    return this.#waiting;
  }

  set(generation: Generation | undefined): void {
    this.#current = generation;
    this.wake();
  }

  /** Those who wait look again whether they still want to. */
  wake(): void {
    this.#changed.resolve();
    this.#changed = deferred();
  }

  /**
   * Waits for one, at most `limitMs`; undefined after that.
   * @param check throws when it is not worth waiting any more; called after each `wake`
   */
  async wait(
    limitMs: number,
    signal: AbortSignal | undefined,
    check: () => void,
  ): Promise<Generation | undefined> {
    check();
    if (this.#current !== undefined) return this.#current;
    const stop = new AbortController();
    const ended = stopped(limitMs, signal, stop.signal).then(() => true);
    this.#waiting += 1;
    try {
      for (let isOver = false; this.#current === undefined && !isOver; ) {
        isOver = await Promise.race([this.#changed.promise.then(() => false), ended]);
        signal?.throwIfAborted();
        check();
      }
      return this.#current;
    } finally {
      this.#waiting -= 1;
      stop.abort();
    }
  }
}

/** Resolves after `limitMs`, or when `signal` aborts; `release` lets go of both. */
function stopped(
  limitMs: number,
  signal: AbortSignal | undefined,
  release: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    const onAbort = (): void => resolve();
    signal?.addEventListener("abort", onAbort, { once: true });
    const letGo = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    release.addEventListener("abort", letGo, { once: true });
  });
}
