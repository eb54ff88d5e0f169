import type { Context } from "../grammar/context.ts";
import {
  assertIntentNames,
  type IntentEngineOptions,
} from "../intent/engine/intent-engine-options.ts";
import { LANGUAGES, type Language } from "../languages/language.ts";
import { assertOneOf } from "../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../base/option-names.ts";

export type VoiceContextOptions = {
  /** Of speech and templates. @default "en" */
  readonly language?: Language;
  /** Files or folders of sentence templates; without any, only `stt` works. @default [] */
  readonly intents?: string | readonly string[];
  /** Files or folders with the values of lists that are known only at run time. @default [] */
  readonly lists?: string | readonly string[];
  /** "embedded", or the folder of another model. @default "embedded" */
  readonly model?: string;
  /** End by SIGINT, SIGTERM, SIGHUP, SIGQUIT and uncaught errors only after all cleanups. @default false */
  readonly handleSignals?: boolean;
  /** False: speech only; `intent` and `recognize` are not available. @default true */
  readonly enableIntent?: boolean;
  /** What means nothing in `language` is tried in this one, by the same files; the model must know it. @default none */
  readonly fallbackLanguage?: Language | undefined;
  /** Only these intents may be meant; `intent.setActiveIntents` changes it. @default all */
  readonly activeIntents?: readonly string[] | undefined;
  /** What is known already, for sentences that need it: `{ area: "kitchen" }`; `intent.setContext` changes it. @default {} */
  readonly context?: Context;
  /** Folder of a sentence encoder of yours for what is learnt from `examples`. @default none */
  readonly encoder?: string | undefined;
  /** Reloads templates and lists when their files are edited; see `watchTemplates`. @default false */
  readonly reloadOnChange?: boolean;
  /** 0…100: least confidence, in percent, with which a typed sentence is acted on. @default 35 */
  readonly fuzzyThreshold?: number;
  /**
   * Where the speech model runs: in a thread, or, for models whose single call is long, in a process of its
   * own, which can be killed in the middle of one. @default "thread"
   */
  readonly isolation?: "thread" | "process";
  /** Says on stderr what the start waits for, and how long. @default false */
  readonly debug?: boolean;
  /** Aborts a start in progress, and closes the context later on. */
  readonly signal?: AbortSignal;
};

/** The options with their defaults. */
export type VoiceContextSettings = Required<Omit<VoiceContextOptions, Optional | "signal">> &
  Pick<VoiceContextOptions, Optional>;

type Optional = "fallbackLanguage" | "activeIntents" | "encoder";

const DEFAULTS = {
  language: "en",
  intents: [],
  lists: [],
  model: "embedded",
  handleSignals: false,
  enableIntent: true,
  context: {},
  reloadOnChange: false,
  fuzzyThreshold: 35,
  isolation: "thread",
  debug: false,
} as const satisfies VoiceContextOptions;

const NAMES = {
  ...DEFAULTS,
  fallbackLanguage: true,
  activeIntents: true,
  encoder: true,
  signal: true,
} satisfies OptionNames<VoiceContextOptions>;

/** @throws TypeError, RangeError naming the option, its value or type */
export function voiceContextSettings(options: VoiceContextOptions): VoiceContextSettings {
  assertOptionNames("VoiceContext", options, NAMES);
  const settings = { ...DEFAULTS, ...options };
  assertSettings(settings);
  return settings;
}

/** What an intent engine takes of them. */
export function intentOptions(settings: VoiceContextSettings): IntentEngineOptions {
  const { language, fallbackLanguage, fuzzyThreshold, activeIntents, context, encoder } = settings;
  const intents = [settings.intents].flat();
  const lists = [settings.lists].flat();
  return {
    intents,
    lists,
    language,
    fallbackLanguage,
    fuzzyThreshold,
    activeIntents,
    context,
    encoder,
  };
}

function assertSettings({
  language,
  intents,
  lists,
  model,
  fallbackLanguage,
  activeIntents,
  fuzzyThreshold,
  isolation,
}: VoiceContextSettings): void {
  for (const [name, value] of Object.entries({ language, fallbackLanguage })) {
    if (value !== undefined) assertOneOf(name, value, LANGUAGES);
  }
  if (activeIntents !== undefined) assertIntentNames("activeIntents", activeIntents);
  for (const [name, value] of Object.entries({ intents, lists })) {
    if ([value].flat().every((path) => typeof path === "string")) continue;
    throw new TypeError(`${name} must be a path or a list of paths`);
  }
  if (typeof model !== "string") throw new TypeError(`model must be a string, not ${typeof model}`);
  assertOneOf("isolation", isolation, ["thread", "process"]);
  if (!(fuzzyThreshold >= 0 && fuzzyThreshold <= 100)) {
    throw new RangeError(`fuzzyThreshold must be from 0 to 100, not ${fuzzyThreshold}`);
  }
}
