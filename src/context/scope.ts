import type { ChildProcess } from "node:child_process";
import type { SupervisedChild, SuperviseOptions } from "./child-process.ts";
import type { CleanupFunction, CleanupOptions } from "./cleanup-entry.ts";
import type { CleanupLimits } from "./cleanup-limits.ts";
import type { CleanupPhase } from "./cleanup-phases.ts";
import { assertCleaned, type CleanupReport } from "./cleanup-report.ts";
import type { Owner, Registration } from "./owner.ts";
import { ScopeCore, type ScopeStatus } from "./scope-core.ts";
import { spawnChild, superviseChild, type SpawnOptions } from "./spawn-child.ts";

export type ScopeOptions = {
  readonly limits?: Partial<CleanupLimits>;
};

/**
 * A lifetime: everything acquired through it is let go when it closes, the last acquired first and child
 * scopes before what their parent holds. Signals, crashes and `forceExit` close it too.
 *
 * ```ts
 * await using scope = new Scope("kitchen");
 * scope.defer(() => lamp.off());
 * ```
 */
export class Scope implements Owner, AsyncDisposable {
  readonly #core: ScopeCore;

  constructor(name: string, options: ScopeOptions = {}) {
    this.#core = options instanceof ScopeCore ? options : new ScopeCore(name, options);
  }

  get name(): string {
    return this.#core.name;
  }

  /** Aborts with CONTEXT_CLOSED when the scope begins to close. */
  get signal(): AbortSignal {
    return this.#core.signal;
  }

  get isOpen(): boolean {
    return this.#core.isOpen;
  }

  /** What is held now: processes with their ids, servers with their ports, child scopes. */
  status(): ScopeStatus {
    return this.#core.status();
  }

  /** @throws EarshotError CONTEXT_CLOSED */
  assertOpen(): void {
    this.#core.assertOpen();
  }

  /** Runs `cleanup` when the scope closes. @throws EarshotError CONTEXT_CLOSED */
  defer(cleanup: CleanupFunction, options: CleanupOptions = {}): Registration {
    return this.#core.defer(cleanup, options);
  }

  /** Disposes of `resource` when the scope closes, and returns it. @throws EarshotError CONTEXT_CLOSED */
  use<T extends Disposable | AsyncDisposable>(resource: T, options: CleanupOptions = {}): T {
    const dispose = (): unknown =>
      Symbol.asyncDispose in resource
        ? resource[Symbol.asyncDispose]()
        : resource[Symbol.dispose]();
    this.defer(dispose, { name: resource.constructor.name, ...options });
    return resource;
  }

  /**
   * Starts a program in a process group of its own, protected against our own death.
   * @throws EarshotError SPAWN_FAILED or `failureCode`, CONTEXT_CLOSED
   */
  spawn(
    command: string,
    args: readonly string[] = [],
    options?: SpawnOptions,
  ): Promise<SupervisedChild> {
    return spawnChild(this.#core, command, args, options);
  }

  /** Puts an already spawned process under the same care; in the same turn as its `spawn`. */
  adopt(child: ChildProcess, options?: SuperviseOptions): SupervisedChild {
    return superviseChild(this.#core, child, options);
  }

  /** A scope that closes, at the latest, before anything that this one holds in the same phase. */
  fork(name: string, options: ScopeOptions & { readonly phase?: CleanupPhase } = {}): Scope {
    return new Scope(name, new ScopeCore(name, { parent: this.#core, ...options }));
  }

  /**
   * Lets everything go. Idempotent: all callers share one run.
   * @throws EarshotError CLEANUP_FAILED when something could not be let go; everything else still was
   */
  async close(): Promise<CleanupReport> {
    const deadlineMs = performance.now() + this.#core.limits.totalMs;
    const report = await this.#core.close({ reason: "close", deadlineMs });
    assertCleaned(this.name, report);
    return report;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
