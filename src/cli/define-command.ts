import { Command, Option } from "commander";
import { SETTINGS, type SettingKey } from "./settings/settings.ts";

/** A command with the options of `keys` and `--config`, which every command has. */
export function defineCommand(
  usage: string,
  description: string,
  keys: readonly SettingKey[],
): Command {
  const command = new Command().description(description);
  command.name(usage.split(" ")[0] ?? usage);
  for (const argument of usage.split(" ").slice(1)) command.argument(argument);
  for (const key of keys) command.addOption(toOption(key));
  return command
    .option("--config <file>", "settings in YAML; default: earshot.yaml when there is one")
    .addHelpText(
      "after",
      "\nEvery option can be set in earshot.yaml or as EARSHOT_…: see docs/configuration.md",
    );
}

function toOption(key: SettingKey): Option {
  const { flags, describe, many, default: value } = SETTINGS[key];
  // No default for commander: only what was given may override the environment and the file.
  const shown = typeof value === "string" ? `${describe} (default: ${value})` : describe;
  const option = new Option(flags, shown);
  if (!many) return option;
  return option.argParser((text: string, before: string[] | undefined) => [
    ...(before ?? []),
    text,
  ]);
}
