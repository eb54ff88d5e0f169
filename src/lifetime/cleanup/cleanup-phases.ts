/**
 * The order in which resources are released: sources of new work first, logs that others write to last.
 * Within a phase, the last acquired is released first.
 */
export const CLEANUP_PHASES = [
  "intake", // stop listening, stop accepting
  "work", // finish or cancel what runs
  "connections",
  "processes",
  "files",
  "logs",
] as const;

/** A step of the release; see `CLEANUP_PHASES`. */
export type CleanupPhase = (typeof CLEANUP_PHASES)[number];
