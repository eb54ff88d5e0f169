import type { Registration } from "../../lifetime/owner.ts";
import type { Scope } from "../../lifetime/scope.ts";

/** Calls back again and again, and tells the time. */
type Ticks = {
  /** ms since 1970. */
  now(): number;
  /** First after one period; never overlaps, and does not drift. */
  every(periodMs: number, callback: () => unknown): Disposable;
  /** From now on the periods count. */
  start(): void;
  /** No callback runs any more when this resolves. */
  stop(): Promise<void>;
};

/** By the clock of the machine. */
export class RealTicks implements Ticks {
  readonly #scope: Scope;
  readonly #waiting = new Set<() => void>();
  #count = 0;
  #isStarted = false;

  /** @param owner whose end stops the timers too */
  constructor(owner: Scope) {
    this.#scope = owner.fork("timers", { phase: "intake" });
  }

  now(): number {
    return Date.now();
  }

  every(periodMs: number, callback: () => unknown): Disposable {
    let timer: Registration | undefined;
    const begin = (): void => {
      timer = this.#scope.interval(`${++this.#count}`, periodMs, callback);
    };
    if (this.#isStarted) begin();
    else this.#waiting.add(begin);
    return {
      [Symbol.dispose]: () => {
        this.#waiting.delete(begin);
        // Not awaited: a callback may stop its own timer.
        void timer?.release();
      },
    };
  }

  start(): void {
    this.#isStarted = true;
    for (const begin of this.#waiting) begin();
    this.#waiting.clear();
  }

  async stop(): Promise<void> {
    await this.#scope.close();
  }
}

type VirtualTimer = { readonly periodMs: number; readonly callback: () => unknown; dueMs: number };

/** A clock that moves only on request, so that tests run an hour of timers in a moment. */
export class VirtualTicks implements Ticks {
  readonly #timers = new Set<VirtualTimer>();
  /** Time of the clock, ms since 1970. */
  #nowMs: number;
  /** Since the start; periods count by it, as it never goes back. */
  #elapsedMs = 0;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  every(periodMs: number, callback: () => unknown): Disposable {
    const timer = { periodMs, callback, dueMs: this.#elapsedMs + periodMs };
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => void this.#timers.delete(timer) };
  }

  start(): void {}

  async stop(): Promise<void> {
    this.#timers.clear();
  }

  /** Awaits every callback that is due on the way, in order. Less than 0: the clock is set back. */
  async advance(ms: number): Promise<void> {
    if (ms < 0) {
      this.#nowMs += ms;
      return;
    }
    const untilMs = this.#elapsedMs + ms;
    for (;;) {
      const [next] = [...this.#timers].toSorted((a, b) => a.dueMs - b.dueMs);
      if (next === undefined || next.dueMs > untilMs) break;
      this.#moveTo(next.dueMs);
      next.dueMs += next.periodMs;
      await next.callback();
    }
    this.#moveTo(untilMs);
  }

  #moveTo(elapsedMs: number): void {
    this.#nowMs += elapsedMs - this.#elapsedMs;
    this.#elapsedMs = elapsedMs;
  }
}
