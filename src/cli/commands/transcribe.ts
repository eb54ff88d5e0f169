import type { Command } from "commander";
import { defineCommand } from "../define-command.ts";
import { execute } from "../execute.ts";
import { forEachFile } from "../for-each-file.ts";

export function transcribeCommand(): Command {
  return defineCommand("transcribe <file...>", "recordings → text, without templates", [
    "language",
    "model",
    "json",
    "debug",
  ]).action((files: string[], _options, command: Command) =>
    execute(command, async (execution) => {
      const { output, scope } = execution;
      const { openContext } = await import("../open-context.ts");
      const ctx = await openContext(execution, { enableIntent: false });
      return forEachFile(files, async (file) => {
        const transcript = await ctx.stt.transcribe(file, { signal: scope.signal });
        const share = `${Math.round(transcript.confidence * 100)} %`;
        const text = transcript.text === "" ? "(nothing heard)" : `${transcript.text} (${share})`;
        output.result({ file, ...transcript }, `${file}: ${text}`);
      });
    }),
  );
}
