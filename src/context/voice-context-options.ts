import {
  assertIntentOptions,
  INTENT_DEFAULTS,
  INTENT_OPTION_NAMES,
  type IntentEngineOptions,
  type IntentOptions,
  pickIntentOptions,
} from "../intent/engine/intent-engine-options.ts";
import { LANGUAGES, type Language } from "../languages/language.ts";
import { assertOneOf } from "../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../base/option-names.ts";

export type VoiceContextOptions = IntentOptions & {
  /** Language of speech and templates. @default "en" */
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
  /** Reloads templates and lists when their files are edited; see `watchTemplates`. @default false */
  readonly reloadOnChange?: boolean;
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
export type VoiceContextSettings = Required<Omit<OwnOptions, "signal">> &
  IntentOptions &
  Required<Pick<IntentOptions, keyof typeof INTENT_DEFAULTS>>;

type OwnOptions = Omit<VoiceContextOptions, keyof IntentOptions>;

const DEFAULTS = {
  ...INTENT_DEFAULTS,
  language: "en",
  intents: [],
  lists: [],
  model: "embedded",
  handleSignals: false,
  enableIntent: true,
  reloadOnChange: false,
  isolation: "thread",
  debug: false,
} as const satisfies VoiceContextOptions;

const NAMES = {
  ...DEFAULTS,
  ...INTENT_OPTION_NAMES,
  signal: true,
} satisfies OptionNames<VoiceContextOptions>;

/** @throws TypeError, RangeError naming the option, its value or type */
export function voiceContextSettings(options: VoiceContextOptions): VoiceContextSettings {
  assertOptionNames("VoiceContext", options, NAMES);
  const settings = { ...DEFAULTS, ...options };
  assertSettings(settings);
  return settings;
}

/** The options of the intent engine among them. */
export function intentOptions(settings: VoiceContextSettings): IntentEngineOptions {
  return {
    ...pickIntentOptions(settings),
    language: settings.language,
    intents: [settings.intents].flat(),
    lists: [settings.lists].flat(),
  };
}

function assertSettings(settings: VoiceContextSettings): void {
  const { language, intents, lists, model, isolation } = settings;
  assertOneOf("language", language, LANGUAGES);
  assertIntentOptions(settings);
  for (const [name, value] of Object.entries({ intents, lists })) {
    if ([value].flat().every((path) => typeof path === "string")) continue;
    throw new TypeError(`${name} must be a path or a list of paths`);
  }
  if (typeof model !== "string") throw new TypeError(`model must be a string, not ${typeof model}`);
  assertOneOf("isolation", isolation, ["thread", "process"]);
}
