import { scenarios as g01 } from "./g01-native.ts";
import { scenarios as voice } from "./g01-voice.ts";
import { scenarios as g02 } from "./g02-long-call.ts";
import { scenarios as g03 } from "./g03-signals.ts";
import { scenarios as g04 } from "./g04-bad-cleanups.ts";
import { scenarios as g05 } from "./g05-second-signal.ts";
import { scenarios as g06 } from "./g06-exit.ts";
import { scenarios as g07 } from "./g07-recorder.ts";
import { scenarios as g08 } from "./g08-missing-recorder.ts";
import { scenarios as g09 } from "./g09-terminal.ts";
import { scenarios as g10 } from "./g10-queued-runs.ts";
import { scenarios as g11 } from "./g11-cycles.ts";
import { scenarios as g12 } from "./g12-start.ts";
import { scenarios as g13 } from "./g13-blocked.ts";
import { scenarios as g14 } from "./g14-output.ts";
import { scenarios as g15 } from "./g15-others.ts";
import { scenarios as g16 } from "./g16-vitest.ts";
import { scenarios as g17 } from "./g17-again.ts";
import type { Scenario } from "./scenario.ts";

/** The teardown contract, line by line. */
export const contract: readonly Scenario[] = [
  ...g01,
  ...voice,
  ...g02,
  ...g03,
  ...g04,
  ...g05,
  ...g06,
  ...g07,
  ...g08,
  ...g09,
  ...g10,
  ...g11,
  ...g12,
  ...g13,
  ...g14,
  ...g15,
  ...g16,
  ...g17,
];
