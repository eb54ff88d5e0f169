import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

/** A typed error, and no signal to our own process group. */
export const scenarios: readonly Scenario[] = ["spawn", "adopt"].map((how) => ({
  id: "G8",
  title: `recorder missing and stopped at once, by ${how}`,
  times: 20,
  run: async () => {
    const program = new Program("lifetime/missing-recorder", [how]);
    return judge(await program.ended, {
      code: 0,
      stdout: [/^EarshotError RECORDER_MISSING, sibling alive\n$/],
    });
  },
}));
