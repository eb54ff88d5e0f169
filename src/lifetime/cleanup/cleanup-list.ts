import type { TracedLife } from "../../trace/traced-life.ts";
import { CleanupEntry } from "./cleanup-entry.ts";
import type { Nested } from "./nested-cleanups.ts";
import type { CleanupFunction, CleanupOptions, CleanupRun } from "./cleanup-function.ts";
import { assertCleanup, assertCleanupOptions } from "./cleanup-options.ts";
import { CLEANUP_PHASES } from "./cleanup-phases.ts";
import type { CleanupLimits } from "./cleanup-limits.ts";
import {
  assertCleaned,
  toTenths,
  type CleanupEntryReport,
  type CleanupReport,
} from "./cleanup-report.ts";
import type { ExitPhase } from "../exit/exit-phase.ts";
import type { Registration } from "../owner.ts";

import type { HeldResource } from "./held-resource.ts";

/** The cleanups of one owner. They run phase by phase; within a phase, the last added runs first. */
export class CleanupList {
  readonly #entries = new Set<CleanupEntry>();
  readonly #exitPhase: Pick<ExitPhase, "addFallback" | "addGate">;
  /** The owner in the trace; undefined without a trace. */
  life: TracedLife | undefined;
  limits: CleanupLimits;

  constructor(limits: CleanupLimits, exitPhase: Pick<ExitPhase, "addFallback" | "addGate">) {
    this.limits = limits;
    this.#exitPhase = exitPhase;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The resources that are held, the latest last. */
  describe(): readonly HeldResource[] {
    return [...this.#entries].map(({ name, phase, details, held }) => ({
      name,
      phase,
      details,
      ...(held === undefined ? {} : { held }),
    }));
  }

  add(cleanup: CleanupFunction, options: CleanupOptions = {}): Registration {
    assertCleanup(cleanup);
    return this.#add(cleanup, options);
  }

  addNested(nested: Nested, options: CleanupOptions = {}): Registration {
    return this.#add(nested, options);
  }

  /** Runs the entries that are registered now. It skips an entry that another cleanup unregisters meanwhile. */
  async run(run: CleanupRun): Promise<CleanupReport> {
    const startedMs = performance.now();
    const entries: CleanupEntryReport[] = [];
    for (const entry of inOrder(this.#entries)) {
      if (!this.#entries.has(entry)) continue;
      entries.push(...(await entry.run(run)));
      this.#entries.delete(entry);
    }
    const ok = entries.every(({ outcome }) => outcome === "done");
    return { reason: run.reason, durationMs: toTenths(performance.now() - startedMs), entries, ok };
  }

  #add(body: ConstructorParameters<typeof CleanupEntry>[0], options: CleanupOptions): Registration {
    assertCleanupOptions(options);
    const { entryMs } = this.limits;
    const inherited = { entryMs, parent: this.life };
    const entry = new CleanupEntry(body, { ...options, ...inherited }, this.#exitPhase);
    this.#entries.add(entry);
    return {
      release: async () => {
        const deadlineMs = performance.now() + this.limits.totalMs;
        const entries = await entry.run({ reason: "close", deadlineMs });
        this.#entries.delete(entry);
        const ok = entries.every(({ outcome }) => outcome === "done");
        assertCleaned(entry.name, { reason: "close", durationMs: 0, entries, ok });
      },
      [Symbol.dispose]: () => {
        if (entry.isRunning || !this.#entries.delete(entry)) return;
        entry.forget();
      },
    };
  }
}

function inOrder(entries: Iterable<CleanupEntry>): CleanupEntry[] {
  const lastFirst = [...entries].reverse();
  return CLEANUP_PHASES.flatMap((phase) => lastFirst.filter((entry) => entry.phase === phase));
}
