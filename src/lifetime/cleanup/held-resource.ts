import type { CleanupPhase } from "./cleanup-phases.ts";

export type CleanupDetails = Readonly<Record<string, string | number | undefined>>;

/** Something that is held now and will be let go. */
export type HeldResource = {
  readonly name: string;
  readonly phase: CleanupPhase;
  readonly details: CleanupDetails;
  /** Of a scope: what it holds itself. */
  readonly held?: readonly HeldResource[];
};
