import type { Command } from "commander";
import { defineCommand } from "../define-command.ts";
import { forEachFile } from "../for-each-file.ts";
import { execute } from "../execute.ts";
import { requireIntents } from "../settings/intent-settings.ts";
import { describeUnderstanding } from "../output/output.ts";

export function recognizeCommand(): Command {
  return defineCommand(
    "recognize <file...>",
    "recordings → intents, decoded straight through the templates",
    [
      ...(["language", "fallbackLanguage", "intents", "lists", "activeIntents"] as const),
      ...(["model", "context", "json", "debug"] as const),
    ],
  ).action((files: string[], _options, command: Command) =>
    execute(command, async (execution) => {
      const { settings, output, scope } = execution;
      requireIntents(settings);
      const { openContext } = await import("../open-context.ts");
      const ctx = await openContext(execution);
      return forEachFile(files, async (file) => {
        const heard = await ctx.recognize(file, { signal: scope.signal });
        output.result({ file, ...heard }, `${file}: ${describeUnderstanding(heard)}`);
      });
    }),
  );
}
