import type { Command } from "commander";
import { environmentName, SETTING_KEYS } from "./settings.ts";

/** The options of run that a command line has, as arguments again: for a program that starts later. */
export function givenArguments(command: Command): string[] {
  const given = command.opts<Record<string, string | readonly string[] | boolean>>();
  return command.options.flatMap((option) => {
    const value = given[option.attributeName()];
    const isOfRun =
      option.attributeName() === "config" ||
      SETTING_KEYS.some((key) => key === option.attributeName());
    if (!isOfRun || value === undefined || option.long === undefined) return [];
    const flag = option.long;
    if (value === true) return [flag];
    // With "=": a value may begin with a hyphen.
    return [value].flat().map((text) => `${flag}=${String(text)}`);
  });
}

/** The settings that the environment has. */
export function givenVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    SETTING_KEYS.flatMap((key) => {
      const value = env[environmentName(key)];
      return value === undefined || value === "" ? [] : [[environmentName(key), value]];
    }),
  );
}
