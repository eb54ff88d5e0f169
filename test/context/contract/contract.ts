import { scenarios as g01 } from "./g01-native.ts";
import { scenarios as g03 } from "./g03-signals.ts";
import { scenarios as g04 } from "./g04-bad-cleanups.ts";
import { scenarios as g05 } from "./g05-second-signal.ts";
import { scenarios as g06 } from "./g06-exit.ts";
import { scenarios as g07 } from "./g07-recorder.ts";
import { scenarios as g08 } from "./g08-missing-recorder.ts";
import { scenarios as g10 } from "./g10-queued-runs.ts";
import { scenarios as g13 } from "./g13-blocked.ts";
import type { Scenario } from "./scenario.ts";

/** The teardown contract, line by line. */
export const contract: readonly Scenario[] = [
  ...g01,
  ...g03,
  ...g04,
  ...g05,
  ...g06,
  ...g07,
  ...g08,
  ...g10,
  ...g13,
];
