import { Program } from "../../helpers/run-program.ts";
import { judge, randomBelow, type Scenario } from "./scenario.ts";

/** Bounds the random time after a stage begins, in ms: about as long as the stage lasts. */
const STAGE_MS = { start: 120, load: 40, create: 40, run: 40, release: 10 } as const;
const STAGES = Object.keys(STAGE_MS) as (keyof typeof STAGE_MS)[];

const WAYS = { exit: 5, throw: 1, reject: 1, dispose: 5, forceExit: 5 } as const;

/** Two workers are somewhere in onnxruntime when the process ends. It ends with the requested code and never aborts. */
export const scenarios: readonly Scenario[] = Object.entries(WAYS).map(([way, code]) => ({
  id: "G1",
  title: way,
  times: 100,
  run: async () => {
    const stage = STAGES[randomBelow(STAGES.length)] ?? "run";
    const program = new Program("lifetime/native-at-any-moment", [
      way,
      stage,
      String(randomBelow(STAGE_MS[stage])),
    ]);
    await program.line(/ending/);
    program.mark();
    return judge(await program.ended, { code });
  },
}));
