import type { CleanupFunction, CleanupOptions } from "./cleanup/cleanup-function.ts";

/** The tie of one resource to its owner. */
export type Registration = Disposable & {
  /**
   * Releases the resource now, within its limit, and unregisters it. Idempotent.
   * @throws EarshotError CLEANUP_FAILED
   */
  release(): Promise<void>;
  /** Unregisters a resource that has ended by itself, without running its cleanup. */
  [Symbol.dispose](): void;
};

/** A scope, as its resources see it. */
export type Owner = {
  readonly name: string;
  /** Aborts when the owner begins to close. */
  readonly signal: AbortSignal;
  /** @throws EarshotError CONTEXT_CLOSED once the owner closes */
  assertOpen(): void;
  /**
   * Runs `cleanup` when the owner closes.
   * @throws TypeError, RangeError naming the option; EarshotError CONTEXT_CLOSED
   */
  defer(cleanup: CleanupFunction, options?: CleanupOptions): Registration;
};

/** An owner that finds some of its resources, such as timers, by name. */
export type NamedOwner = Owner & { readonly named: Map<string, Registration> };
