import type { Command } from "commander";
import { EarshotError } from "../../../errors.ts";
import { defineCommand } from "../../define-command.ts";
import { EXIT, execute } from "../../execute.ts";

export function intentsImportCommand(): Command {
  return defineCommand(
    "import <format> <file>",
    "templates of another program as YAML on stdout; format: rhasspy (its sentences.ini)",
    ["language", "debug"],
  ).action((format: string, file: string, _options, command: Command) =>
    execute(command, async ({ settings, output }) => {
      if (format !== "rhasspy")
        throw new EarshotError(
          "CONFIG_INVALID",
          `unknown format "${format}": only rhasspy can be imported`,
        );
      const { importRhasspy } = await import("../../../grammar/rhasspy/import-rhasspy.ts");
      const { yaml, missingLists } = importRhasspy(file, settings.language);
      process.stdout.write(yaml);
      if (missingLists.length > 0)
        output.note(`give the values of these lists with --lists: ${missingLists.join(", ")}`);
      return EXIT.done;
    }),
  );
}
