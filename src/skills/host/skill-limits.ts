import type { ThreadLimits } from "../protocol.ts";

/** Times in ms. */
export type SkillLimits = ThreadLimits & {
  /** For loading all modules. */
  readonly loadMs: number;
  /** How long their thread may not answer before it counts as stuck. */
  readonly blockedMs: number;
  /** How long a reload waits for the commands that are being handled, before it gives them up. */
  readonly graceMs: number;
  /** How long a command waits for skills that are being loaded again after a crash. */
  readonly waitMs: number;
  /** For the cleanups when the program leaves without waiting: `process.exit`, an uncaught error. */
  readonly exitMs: number;
  /** Most memory of objects and buffers, MB. */
  readonly memoryMb: number;
};

export const SKILL_LIMITS = {
  loadMs: 20_000,
  startMs: 10_000,
  commandMs: 30_000,
  cleanupMs: 2_000,
  stopMs: 5_000,
  blockedMs: 10_000,
  graceMs: 5_000,
  waitMs: 30_000,
  exitMs: 2_000,
  memoryMb: 512,
} as const satisfies SkillLimits;
