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
    describe: "file or folder of sentence templates; repeatable",
    parse: parseText,
    many: true,
    path: true,
    default: [],
  },
  lists: {
    flags: "--lists <path>",
    describe: "file or folder with values of lists (areas, device names …); repeatable",
    parse: parseText,
    many: true,
    path: true,
    default: [],
  },
  model: {
    flags: "--model <name|folder>",
    describe: "speech model: embedded, or the folder of another model",
    parse: parseText,
    default: "embedded",
  },
  fallbackLanguage: {
    flags: "--fallback-language <code>",
    describe: "language to try if a sentence means nothing in the main one; uses the same files",
    parse: parseLanguage,
    default: undefined,
  },
  fuzzyThreshold: {
    flags: "--fuzzy-threshold <0-100>",
    describe:
      "lowest confidence, in percent, at which a typed sentence is accepted; 0 accepts the most",
    parse: parsePercentage,
    default: "35",
  },
  activeIntents: {
    flags: "--active-intents <name>",
    describe: "intent that a sentence may mean; repeatable; default: all intents",
    parse: parseText,
    many: true,
    separator: ",",
    default: [],
  },
  encoder: {
    flags: "--encoder <folder>",
    describe: "folder of a sentence encoder (ONNX) for intents learnt from examples",
    parse: parseText,
    path: true,
    default: undefined,
  },
  context: {
    flags: "--context <key=value>",
    describe: "fact that is already known, such as area=kitchen; repeatable",
    parse: parseContextPair,
    many: true,
    default: [],
  },
  input: {
    flags: "--input <file|->",
    describe: "recording to use instead of the microphone; -: 16 kHz PCM16 on stdin",
    parse: parseText,
    path: true,
    default: undefined,
  },
  recorder: {
    flags: "--recorder <program>",
    describe: "arecord, sox, rec, parecord or pw-record; default: the first one installed",
    parse: parseRecorder,
    default: undefined,
  },
  device: {
    flags: "--device <name>",
    describe: "microphone, by the name that the recorder uses for it",
    parse: parseText,
    default: undefined,
  },
  wake: {
    flags: "--wake <phrase>",
    describe: "act only on commands said with or after this phrase",
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
    describe: "file to append every event to, one JSON object a line; contains the spoken text",
    parse: parseText,
    path: true,
    default: undefined,
  },
  json: {
    flags: "--json",
    describe: "write one JSON object a line to stdout, everything else to stderr",
    parse: parseFlag,
    default: false,
  },
  debug: {
    flags: "--debug",
    describe: "write stack traces of errors and start-up times to stderr",
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
