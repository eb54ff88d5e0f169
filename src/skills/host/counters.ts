import type { SkillHostStatus } from "./skill-events.ts";

type Counters = { -readonly [K in keyof SkillHostStatus["counters"]]: number };

/** Counters of `status()`. */
export function newCounters(): Counters {
  return {
    commands: 0,
    commandFailures: 0,
    reloads: 0,
    failedReloads: 0,
    crashes: 0,
    cleanupFailures: 0,
  };
}
