/**
 * The order in which things are let go: first what brings new work in, last what others write to.
 * Inside a phase the last acquired goes first.
 */
export const CLEANUP_PHASES = [
  "intake", // stop listening, stop accepting
  "work", // finish or cancel what runs
  "connections",
  "processes",
  "files",
  "logs",
] as const;

export type CleanupPhase = (typeof CLEANUP_PHASES)[number];
