import type { CleanupFunction, CleanupOptions } from "./cleanup/cleanup-function.ts";

/** What one acquired thing holds of its owner. */
export type Registration = Disposable & {
  /** Lets the thing go now, within its limit, and forgets it. Idempotent; rejects as the cleanup does. */
  release(): Promise<void>;
  /** Forgets the thing without running its cleanup: it is gone already. */
  [Symbol.dispose](): void;
};

/** The part of a Scope that resources need. */
export type Owner = {
  readonly name: string;
  /** Aborts when the owner begins to close. */
  readonly signal: AbortSignal;
  /** @throws EarshotError CONTEXT_CLOSED */
  assertOpen(): void;
  /** Runs `cleanup` when the owner closes. @throws EarshotError CONTEXT_CLOSED */
  defer(cleanup: CleanupFunction, options?: CleanupOptions): Registration;
};

/** An owner that knows some of what it holds by name. */
export type NamedOwner = Owner & { readonly named: Map<string, Registration> };
