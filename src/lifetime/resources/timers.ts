import { kindOf } from "../../base/kind-of.ts";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import type { CleanupFunction, CleanupOptions } from "../cleanup/cleanup-function.ts";
import type { NamedOwner, Registration } from "../owner.ts";

/** How a timer treats its name, the process and errors. */
export type TimerOptions = {
  /** "refuse" throws when the owner has a timer of this name; "replace" stops that timer. @default "refuse" */
  readonly onDuplicate?: "refuse" | "replace";
  /** False: the timer alone does not keep the process alive. @default true */
  readonly keepAlive?: boolean;
  /** Receives what the callback throws. @default an uncaught error ends the process */
  readonly onError?: (error: unknown) => void;
};

const NAMES = {
  onDuplicate: true,
  keepAlive: true,
  onError: true,
} satisfies OptionNames<TimerOptions>;

/** The callback of a timer. `signal` aborts when the timer is stopped, which awaits a promise that it returned. */
export type TimerCallback = (signal: AbortSignal) => unknown;

/**
 * Calls `callback` once, after `delayMs`.
 * @throws TypeError without a callback or for a wrong option; RangeError for a time outside (0, 2³¹) ms or a name that
 * is taken; EarshotError CONTEXT_CLOSED
 */
export function startTimer(
  owner: NamedOwner,
  name: string,
  delayMs: number,
  callback: TimerCallback,
  options: TimerOptions = {},
): Registration {
  const timer = new RunningTimer(callback, options);
  const registration = registerTimer(owner, name, delayMs, timer, options);
  timer.startAt(performance.now() + delayMs, () => registration[Symbol.dispose]());
  return registration;
}

/**
 * Calls `callback` every `periodMs`, first after one period. Times count from the start, so that delays do not add up.
 * A callback never overlaps itself: if it takes longer than a period, the times that it misses are skipped.
 * @throws TypeError without a callback or for a wrong option; RangeError for a time outside (0, 2³¹) ms or a name that
 * is taken; EarshotError CONTEXT_CLOSED
 */
export function startInterval(
  owner: NamedOwner,
  name: string,
  periodMs: number,
  callback: TimerCallback,
  options: TimerOptions = {},
): Registration {
  const timer = new RunningTimer(callback, options);
  const registration = registerTimer(owner, name, periodMs, timer, options);
  const startedMs = performance.now();
  let periods = 0;
  const scheduleNext = (): void => {
    // A timeout may come a fraction of a ms early, which must not schedule the same time twice.
    periods = Math.max(periods, Math.floor((performance.now() - startedMs) / periodMs)) + 1;
    timer.startAt(startedMs + periods * periodMs, scheduleNext);
  };
  scheduleNext();
  return registration;
}

function registerTimer(
  owner: NamedOwner,
  name: string,
  timeMs: number,
  timer: RunningTimer,
  { onDuplicate = "refuse" }: TimerOptions,
): Registration {
  if (!(timeMs > 0 && timeMs < 2 ** 31)) {
    throw new RangeError(`The time of timer "${name}" must be in (0, 2³¹) ms, not ${timeMs}`);
  }
  owner.assertOpen();
  const known = owner.named.get(name);
  if (known !== undefined && onDuplicate === "refuse") {
    throw new RangeError(`"${owner.name}" has a timer "${name}" already: stop it, or replace it`);
  }
  void known?.release();
  const cleanup: CleanupFunction = () => timer.stop();
  const options: CleanupOptions = { name: `timer ${name}`, phase: "intake" };
  const deferred = owner.defer(cleanup, options);
  const forget = (): void => {
    if (owner.named.get(name) === registration) owner.named.delete(name);
  };
  const registration: Registration = {
    release: () => {
      forget();
      return deferred.release();
    },
    [Symbol.dispose]: () => {
      forget();
      deferred[Symbol.dispose]();
    },
  };
  owner.named.set(name, registration);
  return registration;
}

/** A timeout that can be armed repeatedly until it is stopped. */
class RunningTimer {
  readonly #callback: TimerCallback;
  readonly #options: TimerOptions;
  readonly #abort = new AbortController();
  #timeout: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(callback: TimerCallback, options: TimerOptions) {
    if (typeof callback !== "function") {
      throw new TypeError(`callback must be a function, not ${kindOf(callback)}`);
    }
    assertOptionNames("a timer", options, NAMES);
    if (options.onDuplicate !== undefined)
      assertOneOf("onDuplicate", options.onDuplicate, ["refuse", "replace"]);
    this.#callback = callback;
    this.#options = options;
  }

  startAt(atMs: number, after: () => void): void {
    if (this.#abort.signal.aborted) return;
    this.#timeout = setTimeout(
      () => {
        this.#running = this.#run().finally(() => {
          this.#running = undefined;
          after();
        });
      },
      Math.max(0, atMs - performance.now()),
    );
    if (this.#options.keepAlive === false) this.#timeout.unref();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    clearTimeout(this.#timeout);
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      await this.#callback(this.#abort.signal);
    } catch (error) {
      if (this.#options.onError === undefined) throw error;
      this.#options.onError(error);
    }
  }
}
