import path from "node:path";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

const RECORDER = path.resolve(import.meta.dirname, "../../fixtures/lifetime/terminal-recorder.sh");
const CTRL_C = "\u0003";

/** Ctrl+C goes to every process of the terminal's foreground group: the recorder must not be one of them. */
export const scenarios: readonly Scenario[] = [
  {
    id: "G9",
    title: "Ctrl+C on a terminal",
    times: 20,
    run: async () => {
      const program = new Program("lifetime/terminal", [], {
        terminal: true,
        env: { EARSHOT_TEST_RECORDER: RECORDER },
      });
      await program.line(/recording/);
      program.mark();
      program.write(CTRL_C);
      return judge(await program.ended, {
        code: 130, // what `script` makes of a death by SIGINT
        withinMs: 1_000,
        stdout: [/cleaning up\r\n(.|\r\n)*last chunk\r\n/],
        notStdout: [/got INT/],
      });
    },
  },
];
