import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { EarshotError } from "../../errors.ts";
import { nearestWord } from "../../base/edit-distance.ts";
import {
  environmentName,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type Settings,
} from "./settings.ts";

const PREFIX = "EARSHOT_";

/** Where a value was found; for messages. */
type Found = { readonly texts: readonly string[]; readonly origin: string; readonly base?: string };

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
): Found | undefined {
  if (given === undefined) return undefined;
  const texts = Array.isArray(given) ? given.map(String) : [String(given)];
  return { texts, origin: `option --${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}` };
}

function fromEnvironment(key: SettingKey, env: NodeJS.ProcessEnv): Found | undefined {
  const name = environmentName(key);
  const text = env[name];
  if (text === undefined || text === "") return undefined;
  const { many, separator = path.delimiter } = SETTINGS[key];
  const texts = many ? text.split(separator) : [text];
  return { texts, origin: `environment variable ${name}` };
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

function parseFound(key: SettingKey, found: Found): unknown {
  const { parse, many } = SETTINGS[key];
  const values = found.texts.map((text) => {
    try {
      return resolvePath(key, parse(text), found.base);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new EarshotError("CONFIG_INVALID", `${found.origin}: ${error.message}`);
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

function readConfigFile(given: string | undefined): Map<SettingKey, Found> {
  const file = given ?? "earshot.yaml";
  const entries = new Map<SettingKey, Found>();
  if (given === undefined && !existsSync(file)) return entries;
  for (const [name, value] of Object.entries(parseConfig(file))) {
    const key = SETTING_KEYS.find((known) => known === name);
    if (key === undefined) {
      const guess = nearestWord(name, SETTING_KEYS);
      const hint = guess === undefined ? "see docs/configuration.md" : `did you mean ${guess}?`;
      throw new EarshotError("CONFIG_INVALID", `${file}: unknown key "${name}"; ${hint}`);
    }
    const texts = (Array.isArray(value) ? value : [value]).map(String);
    entries.set(key, {
      texts,
      origin: `${file}: ${name}`,
      base: path.dirname(path.resolve(file)),
    });
  }
  return entries;
}

function parseConfig(file: string): { readonly [key: string]: unknown } {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new EarshotError("CONFIG_INVALID", `${file} cannot be read; check --config`, { cause });
  }
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake !== undefined) {
    const line = mistake.linePos?.[0].line ?? 1;
    throw new EarshotError("CONFIG_INVALID", `${file}:${line}: ${mistake.message.split("\n")[0]}`);
  }
  const value: unknown = document.toJS() ?? {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new EarshotError("CONFIG_INVALID", `${file}: expected "key: value" lines`);
  }
  return { ...value };
}
