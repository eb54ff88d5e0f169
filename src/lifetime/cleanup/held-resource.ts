import type { CleanupPhase } from "./cleanup-phases.ts";

/** Details of a resource for people, such as its process id, port or path. */
export type CleanupDetails = Readonly<Record<string, string | number | undefined>>;

/** A resource that is held, and will be released. */
export type HeldResource = {
  readonly name: string;
  readonly phase: CleanupPhase;
  readonly details: CleanupDetails;
  /** The resources that a scope holds itself; absent for anything but a scope. */
  readonly held?: readonly HeldResource[];
};
