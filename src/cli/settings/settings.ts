import { parseDurationMs } from "../../base/duration.ts";
import type { Language } from "../../languages/language.ts";
import type { Setting } from "./setting.ts";
import { RUN_SETTINGS, type RunSettings } from "./run-settings.ts";
import {
  parseFlag,
  parseLanguage,
  parsePercentage,
  parseRecorder,
  parseSilenceMs,
  parseText,
} from "./setting-values.ts";

/** Everything that can be set, by its value type. Durations are milliseconds. */
export type Settings = RunSettings & {
  language: Language;
  intents: readonly string[];
  lists: readonly string[];
  model: string;
  fallbackLanguage: Language | undefined;
  fuzzyThreshold: number;
  activeIntents: readonly string[];
  encoder: string | undefined;
  context: readonly string[];
  input: string | undefined;
  recorder: string | undefined;
  device: string | undefined;
  wake: string | undefined;
  once: boolean;
  duration: number | undefined;
  silence: number;
  log: string | undefined;
  json: boolean;
  debug: boolean;
};

export type SettingKey = keyof Settings;

/** The one table: flags, environment (EARSHOT_…), earshot.yaml and docs/configuration.md all come from it. */
export const SETTINGS: { readonly [K in SettingKey]: Setting } = {
  language: {
    flags: "-l, --language <code>",
    describe: "language of speech and templates: en or fr",
    parse: parseLanguage,
    default: "en",
  },
  intents: {
    flags: "--intents <path>",
    describe: "sentence templates: a file or folder; may be given several times",
    parse: parseText,
    many: true,
    path: true,
    default: [],
  },
  lists: {
    flags: "--lists <path>",
    describe:
      "values of lists (areas, device names …): a file or folder; may be given several times",
    parse: parseText,
    many: true,
    path: true,
    default: [],
  },
  model: {
    flags: "--model <name|folder>",
    describe: "speech model: embedded, or the folder of another",
    parse: parseText,
    default: "embedded",
  },
  fallbackLanguage: {
    flags: "--fallback-language <code>",
    describe: "what means nothing in the language is tried in this one, by the same files",
    parse: parseLanguage,
    default: undefined,
  },
  fuzzyThreshold: {
    flags: "--fuzzy-threshold <0-100>",
    describe:
      "least confidence, in percent, with which a typed sentence is acted on; 0 forgives the most",
    parse: parsePercentage,
    default: "35",
  },
  activeIntents: {
    flags: "--active-intents <name>",
    describe: "only this intent may be meant; may be given several times; without it all may be",
    parse: parseText,
    many: true,
    separator: ",",
    default: [],
  },
  encoder: {
    flags: "--encoder <folder>",
    describe: "sentence encoder of yours (ONNX) for what is learnt from examples",
    parse: parseText,
    path: true,
    default: undefined,
  },
  context: {
    flags: "--context <key=value>",
    describe: "what is known already, such as area=kitchen; may be given several times",
    parse: parseContextPair,
    many: true,
    default: [],
  },
  input: {
    flags: "--input <file|->",
    describe: "listen to a recording instead of the microphone; -: 16 kHz PCM16 on stdin",
    parse: parseText,
    path: true,
    default: undefined,
  },
  recorder: {
    flags: "--recorder <program>",
    describe: "arecord, sox, rec, parecord or pw-record; else the first one installed",
    parse: parseRecorder,
    default: undefined,
  },
  device: {
    flags: "--device <name>",
    describe: "microphone, by the recorder's own name for it",
    parse: parseText,
    default: undefined,
  },
  wake: {
    flags: "--wake <phrase>",
    describe: "act only on what is said with or after this phrase",
    parse: parseText,
    default: undefined,
  },
  once: {
    flags: "--once",
    describe: "end after the first command",
    parse: parseFlag,
    default: false,
  },
  duration: {
    flags: "--duration <time>",
    describe: "end after this time, such as 30s or 2m",
    parse: parseDurationMs,
    default: undefined,
  },
  silence: {
    flags: "--silence <time>",
    describe: "silence that ends an utterance",
    parse: parseSilenceMs,
    default: "600ms",
  },
  ...RUN_SETTINGS,
  log: {
    flags: "--log <file>",
    describe: "append every event to this file, one JSON object a line; contains what was said",
    parse: parseText,
    path: true,
    default: undefined,
  },
  json: {
    flags: "--json",
    describe: "one JSON object a line on stdout, everything else on stderr",
    parse: parseFlag,
    default: false,
  },
  debug: {
    flags: "--debug",
    describe: "stack traces of errors and the times of the start on stderr",
    parse: parseFlag,
    default: false,
  },
};

/** Every key, in the order of the table. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has exactly the keys of Settings
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

/** "fuzzyThreshold" → "EARSHOT_FUZZY_THRESHOLD" */
export function environmentName(key: SettingKey): string {
  return `EARSHOT_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function parseContextPair(text: string): string {
  if (!/^[^=]+=.+$/.test(text)) throw new RangeError(`"${text}" is not of the form key=value`);
  return text;
}
