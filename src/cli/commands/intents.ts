import { Command } from "commander";
import { intentsCheckCommand } from "./intents/intents-check.ts";
import { intentsImportCommand } from "./intents/intents-import.ts";
import { intentsSampleCommand } from "./intents/intents-sample.ts";
import { intentsTrainCommand } from "./intents/intents-train.ts";

export function intentsCommand(): Command {
  const group = new Command("intents")
    .description("sentence templates: check them, draw from them, import others, learn")
    .showHelpAfterError("(earshot intents --help lists its commands)")
    .exitOverride();
  const commands = [
    intentsCheckCommand(),
    intentsSampleCommand(),
    intentsImportCommand(),
    intentsTrainCommand(),
  ];
  for (const command of commands) group.addCommand(command.copyInheritedSettings(group));
  return group;
}
