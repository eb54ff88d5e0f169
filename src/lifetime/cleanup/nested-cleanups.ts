import type { TracedLife } from "../../trace/traced-life.ts";
import type { CleanupContext } from "./cleanup-function.ts";
import type { CleanupReport } from "./cleanup-report.ts";
import type { HeldResource } from "./held-resource.ts";

/** A child scope, whose report becomes part of the parent's. */
export type Nested = {
  readonly close: (context: CleanupContext) => Promise<CleanupReport>;
  readonly held: () => readonly HeldResource[];
  /** Called with the scope's life in the trace, to which its own resources belong. */
  readonly onTraced: (life: TracedLife) => void;
};
