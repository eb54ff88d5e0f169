import { EarshotError } from "../../errors.ts";
import type { CleanupPhase } from "./cleanup-phases.ts";

/** Why the cleanups ran. */
export type CleanupReason =
  | "close" // a scope was closed, or `runAll` called, by the program itself
  | "forceExit"
  | "uncaughtException" // unhandled rejections too
  | "stdoutClosed" // the reader of our output has ended
  | NodeJS.Signals;

type CleanupOutcome =
  | "done"
  | "failed" // it threw or rejected; see `error`
  | "timedOut" // it exceeded its limit and was abandoned; its fallback ran
  | "skipped"; // no time was left for it; its fallback ran

/** The outcome of one cleanup. */
export type CleanupEntryReport = {
  /** The scopes around the resource, then its own name: "kitchen › recorder". */
  readonly name: string;
  readonly phase: CleanupPhase;
  readonly outcome: CleanupOutcome;
  readonly durationMs: number;
  readonly error?: unknown;
};

/** The outcome of a run of cleanups. */
export type CleanupReport = {
  readonly reason: CleanupReason;
  readonly durationMs: number;
  /** The cleanups in the order in which they ran. */
  readonly entries: readonly CleanupEntryReport[];
  /** True when every outcome is "done". */
  readonly ok: boolean;
};

/** Rounds a duration for a report to tenths of a millisecond. */
export function toTenths(durationMs: number): number {
  return Math.round(durationMs * 10) / 10;
}

/** @throws EarshotError CLEANUP_FAILED with an AggregateError as `cause`, when the report is not ok */
export function assertCleaned(name: string, { entries, ok }: CleanupReport): void {
  if (ok) return;
  const bad = entries.filter(({ outcome }) => outcome !== "done");
  const names = bad.map((entry) => `"${entry.name}" (${entry.outcome})`).join(", ");
  throw new EarshotError("CLEANUP_FAILED", `"${name}" did not release everything: ${names}`, {
    cause: new AggregateError(bad.map(errorOf), `${bad.length} cleanup(s) failed`),
  });
}

function errorOf({ name, outcome, durationMs, error }: CleanupEntryReport): unknown {
  if (outcome === "failed") return error;
  const spent = `${Math.round(durationMs)} ms`;
  return new EarshotError("CLEANUP_TIMEOUT", `The cleanup "${name}" was abandoned after ${spent}`);
}
