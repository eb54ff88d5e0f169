import { inspect } from "node:util";
import type { Activity } from "../host/activity.ts";
import type { ThreadEvent, ThreadLimits } from "../protocol.ts";
import { bounded } from "./bounded.ts";
import { placeOf } from "./place-of.ts";
import type { Hook, SkillUnit } from "./skill-unit.ts";

export type Cleanup = {
  readonly unit: SkillUnit;
  readonly name: string;
  readonly run: () => unknown;
};

export type LifecycleOptions = {
  readonly activity: Activity;
  readonly folder: string;
  readonly limits: ThreadLimits;
  readonly tell: (event: ThreadEvent) => void;
};

/** Runs hooks and cleanups, one after another: each bounded, none stopping the next. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  #deadlineMs = Infinity;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /** From now on everything together may take `stopMs`. */
  beginStop(): void {
    this.#deadlineMs = performance.now() + this.#options.limits.stopMs;
  }

  /** True: every function of this hook ran to its end. No events for a skill without the hook. */
  async hook(unit: SkillUnit, hook: Hook): Promise<boolean> {
    const functions = unit.hooks.get(hook) ?? [];
    if (functions.length === 0) return true;
    const { limits, tell } = this.#options;
    const limitMs = hook === "onInstall" || hook === "onStart" ? limits.startMs : limits.cleanupMs;
    tell({ type: "lifecycle", skill: unit.name, hook, phase: "before" });
    let ok = true;
    for (const run of functions) ok = (await this.run(unit, hook, limitMs, run)) && ok;
    tell({ type: "lifecycle", skill: unit.name, hook, phase: "after", ok });
    return ok;
  }

  /** Number of cleanups that failed or were abandoned. */
  async cleanUp(cleanups: readonly Cleanup[]): Promise<number> {
    let failures = 0;
    for (const { unit, name, run } of cleanups) {
      if (!(await this.run(unit, name, this.#options.limits.cleanupMs, run))) failures += 1;
    }
    return failures;
  }

  /** @returns true if it ran to its end; otherwise the log says why not */
  async run(unit: SkillUnit, what: string, limitMs: number, run: () => unknown): Promise<boolean> {
    const { activity, folder, tell } = this.#options;
    const leftMs = Math.min(limitMs, this.#deadlineMs - performance.now());
    try {
      if (leftMs <= 0) throw new Error("no time was left for it");
      await bounded(leftMs, what, () => {
        activity.note(unit.name, what);
        try {
          return run();
        } finally {
          activity.clear();
        }
      });
      return true;
    } catch (error) {
      const place = placeOf(error, folder);
      const where = place === undefined ? "" : `${place.text}: `;
      const why = error instanceof Error ? error.message : inspect(error);
      const message = why.startsWith(what) ? why : `${what} failed: ${why}`;
      tell({ type: "log", skill: unit.name, level: "error", message: `${where}${message}` });
      return false;
    }
  }
}
