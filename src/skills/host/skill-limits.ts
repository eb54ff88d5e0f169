import type { ThreadLimits } from "../protocol.ts";

/** Times in ms. */
export type SkillLimits = ThreadLimits & {
  /** Time to load all modules, ms. */
  readonly loadMs: number;
  /** Time without an answer after which the thread counts as stuck, ms. */
  readonly blockedMs: number;
  /** Time that a reload waits for commands in progress before it abandons them, ms. */
  readonly graceMs: number;
  /** Time that a command waits for skills that reload after a crash, ms. */
  readonly waitMs: number;
  /** Time for the cleanups if the program exits without waiting (`process.exit`, an uncaught error), ms. */
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
