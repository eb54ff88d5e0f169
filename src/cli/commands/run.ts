import type { Command } from "commander";
import { defineCommand } from "../define-command.ts";
import { execute } from "../execute.ts";
import { RUN_SETTINGS } from "../settings/run-settings.ts";
import type { SettingKey } from "../settings/settings.ts";

/** Every setting of `earshot run`, which `earshot service install` passes on. */
export const RUN_KEYS: readonly SettingKey[] = [
  ...(["language", "fallbackLanguage", "intents", "lists", "activeIntents"] as const),
  ...(["model", "context"] as const),
  ...(["input", "recorder", "device", "wake", "once", "duration", "silence"] as const),
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has exactly these keys
  ...(Object.keys(RUN_SETTINGS) as (keyof typeof RUN_SETTINGS)[]),
  ...(["log", "json", "debug"] as const),
];

export function runCommand(): Command {
  return defineCommand(
    "run",
    "listens, understands, has skills act and replies, until Ctrl+C",
    RUN_KEYS,
  ).action((_options, command: Command) =>
    execute(command, async (execution) => {
      const { RunSession } = await import("../run/run-session.ts");
      return new RunSession(execution).run();
    }),
  );
}
