import path from "node:path";
import { EarshotError } from "../../errors.ts";
import { nearestWord } from "../../base/edit-distance.ts";
import { readConfigFile } from "./config-file.ts";
import type { FoundSetting } from "./found-setting.ts";
import {
  environmentName,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type Settings,
} from "./settings.ts";

const PREFIX = "EARSHOT_";

/**
 * Flags over environment over configuration file over defaults.
 *
 * @param flags what the command line gave, by key; texts not parsed yet
 * @param configFile `--config`; without it `earshot.yaml` in the current folder is used when there is one
 * @throws EarshotError CONFIG_INVALID naming the flag, variable or line
 */
export function resolveSettings(
  flags: Readonly<Partial<Record<SettingKey, string | readonly string[] | boolean>>>,
  configFile: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Settings {
  assertVariablesKnown(env);
  const file = readConfigFile(configFile);
  const resolved: Partial<Record<SettingKey, unknown>> = {};
  for (const key of SETTING_KEYS) {
    const found = fromFlag(key, flags[key]) ?? fromEnvironment(key, env) ?? file.get(key);
    resolved[key] = found === undefined ? defaultOf(key) : parseFound(key, found);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each key's parser gives its type
  return resolved as Settings;
}

function fromFlag(
  key: SettingKey,
  given: string | readonly string[] | boolean | undefined,
): FoundSetting | undefined {
  if (given === undefined) return undefined;
  const texts = Array.isArray(given) ? given.map(String) : [String(given)];
  const origin = `option --${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
  return { values: texts.map((text) => ({ text, origin })) };
}

function fromEnvironment(key: SettingKey, env: NodeJS.ProcessEnv): FoundSetting | undefined {
  const name = environmentName(key);
  const text = env[name];
  if (text === undefined || text === "") return undefined;
  const { many, separator = path.delimiter } = SETTINGS[key];
  const texts = many ? text.split(separator) : [text];
  return {
    values: texts.map((value) => ({ text: value, origin: `environment variable ${name}` })),
  };
}

/** Other programs may have variables of that prefix too: only one that looks mistyped is a mistake. */
function assertVariablesKnown(env: NodeJS.ProcessEnv): void {
  const known = SETTING_KEYS.map((key) => environmentName(key).slice(PREFIX.length));
  for (const name of Object.keys(env)) {
    if (!name.startsWith(PREFIX) || known.includes(name.slice(PREFIX.length))) continue;
    const guess = nearestWord(name.slice(PREFIX.length), known);
    if (guess === undefined) continue;
    const message = `unknown environment variable ${name}; did you mean ${PREFIX}${guess}?`;
    throw new EarshotError("CONFIG_INVALID", message);
  }
}

function parseFound(key: SettingKey, found: FoundSetting): unknown {
  const { parse, many } = SETTINGS[key];
  const values = found.values.map(({ text, origin }) => {
    try {
      return resolvePath(key, parse(text), found.base);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new EarshotError("CONFIG_INVALID", `${origin}: ${error.message}`);
    }
  });
  return many ? values : values.at(-1);
}

function resolvePath(key: SettingKey, value: unknown, base: string | undefined): unknown {
  if (base === undefined || !SETTINGS[key].path || value === "-") return value;
  return path.resolve(base, String(value));
}

function defaultOf(key: SettingKey): unknown {
  const { default: value, parse, many } = SETTINGS[key];
  return typeof value === "string" && !many ? parse(value) : value;
}
