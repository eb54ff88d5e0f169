import { onAbort } from "../../base/waiting/on-abort.ts";
import { deadline } from "../../base/waiting/deadline.ts";
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

  /** Makes every waiter check its conditions again. */
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
    this.#waiting += 1;
    const wait = { isOver: false };
    const end = (): void => {
      wait.isOver = true;
      this.wake();
    };
    using _limit = deadline(limitMs, end, { keepAlive: true });
    using _aborted = onAbort(signal, end);
    try {
      while (this.#current === undefined && !wait.isOver) {
        await this.#changed.promise;
        signal?.throwIfAborted();
        check();
      }
      return this.#current;
    } finally {
      this.#waiting -= 1;
    }
  }
}
