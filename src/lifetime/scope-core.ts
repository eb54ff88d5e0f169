import { setMaxListeners } from "node:events";
import { EarshotError } from "../errors.ts";
import type { Nested } from "./cleanup/nested-cleanups.ts";
import type { CleanupFunction, CleanupOptions, CleanupRun } from "./cleanup/cleanup-function.ts";
import { cleanupLimits, type CleanupLimits } from "./cleanup/cleanup-limits.ts";
import { CleanupList } from "./cleanup/cleanup-list.ts";
import type { HeldResource } from "./cleanup/held-resource.ts";
import type { CleanupPhase } from "./cleanup/cleanup-phases.ts";
import type { CleanupReason, CleanupReport } from "./cleanup/cleanup-report.ts";
import { cleanupRegistry } from "./cleanup/cleanup-registry.ts";
import { deferred } from "../base/waiting/deferred.ts";
import { closedInTime } from "./forgotten-scopes.ts";
import type { NamedOwner, Registration } from "./owner.ts";

/** The state of a scope and the resources that it holds. */
export type ScopeStatus = {
  readonly name: string;
  readonly isOpen: boolean;
  /** The resources that are held, the latest last. */
  readonly held: readonly HeldResource[];
};

/** The state behind a Scope. It is a separate object so that a forgotten Scope is garbage-collected, with a warning. */
export class ScopeCore implements NamedOwner {
  readonly name: string;
  readonly named: Map<string, Registration> = new Map();
  readonly #abort = new AbortController();
  readonly #list: CleanupList;
  readonly #registration: Registration;
  readonly #children = new Set<ScopeCore>();
  #closing: Promise<CleanupReport> | undefined;

  constructor(
    name: string,
    options: { parent?: ScopeCore; phase?: CleanupPhase; limits?: Partial<CleanupLimits> } = {},
  ) {
    const { parent, phase } = options;
    this.name = name;
    setMaxListeners(0, this.signal); // users may add one listener for each call that waits
    const limits = cleanupLimits(options.limits, parent?.limits ?? cleanupRegistry.limits);
    this.#list = new CleanupList(limits, cleanupRegistry.exitPhase);
    const entry: CleanupOptions = { name, ...(phase === undefined ? {} : { phase }) };
    const nested: Nested = {
      close: (run) => this.close(run),
      held: () => this.#list.describe(),
      onTraced: (life) => (this.#list.life = life),
    };
    this.#registration =
      parent === undefined
        ? cleanupRegistry.registerNested(nested, entry, (reason) => this.#abortAll(reason))
        : parent.#addChild(this, nested, entry);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get limits(): CleanupLimits {
    return this.#list.limits;
  }

  /** False as soon as this scope, a parent or the process begins to close. */
  get isOpen(): boolean {
    return !this.#abort.signal.aborted;
  }

  assertOpen(): void {
    if (this.isOpen) return;
    throw new EarshotError("CONTEXT_CLOSED", `"${this.name}" is closed and accepts nothing new`);
  }

  defer(cleanup: CleanupFunction, options: CleanupOptions = {}): Registration {
    this.assertOpen();
    return this.#list.add(cleanup, options);
  }

  status(): ScopeStatus {
    return { name: this.name, isOpen: this.isOpen, held: this.#list.describe() };
  }

  /** Releases everything. Never rejects. All callers share one run. */
  close(run: CleanupRun): Promise<CleanupReport> {
    if (this.#closing !== undefined) return this.#closing;
    // This is set before anything runs: a cleanup may close the scope that runs it.
    const { promise, resolve } = deferred<CleanupReport>();
    this.#closing = promise;
    resolve(this.#closeOnce(run));
    return promise;
  }

  async #closeOnce(run: CleanupRun): Promise<CleanupReport> {
    closedInTime(this);
    this.#abortAll(run.reason);
    this.#list.life?.beginRelease();
    const report = await this.#list.run(run);
    this.#list.life?.endAs(report.ok ? "done" : "failed");
    this.#registration[Symbol.dispose]();
    return report;
  }

  #addChild(child: ScopeCore, nested: Nested, entry: CleanupOptions): Registration {
    this.assertOpen();
    const registration = this.#list.addNested(nested, entry);
    this.#children.add(child);
    return {
      release: () => registration.release(),
      [Symbol.dispose]: () => {
        this.#children.delete(child);
        registration[Symbol.dispose]();
      },
    };
  }

  /** Aborts the signals of the whole tree at once. The resources are released in order after that. */
  #abortAll(reason: CleanupReason): void {
    if (!this.isOpen) return;
    this.#abort.abort(new EarshotError("CONTEXT_CLOSED", `"${this.name}" is closing (${reason})`));
    for (const child of this.#children) child.#abortAll(reason);
  }
}
