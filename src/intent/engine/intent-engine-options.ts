import type { Context } from "../../grammar/context.ts";
import { LANGUAGES, type Language } from "../../languages/language.ts";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { EMBEDDED_MODEL } from "../../base/package-root.ts";
import { defaultCacheDir } from "./cache-folder.ts";
import type { LoadRequest } from "./protocol.ts";

/** Options of understanding text. Contexts and commands take them by composition and pass them on. */
export type IntentOptions = {
  /** A text that means nothing in `language` is tried in this one, with the same files. @default none */
  readonly fallbackLanguage?: Language | undefined;
  /**
   * Lowest confidence, in percent, with which a sentence is accepted. A confidence is the probability that the
   * sentence means the intent: 100 accepts only word for word, 35 about one word in three misheard, omitted or added, 0
   * the nearest phrase whatever it is.
   * @default 35
   */
  readonly fuzzyThreshold?: number;
  /** The intents that may be meant. @default all */
  readonly activeIntents?: readonly string[] | undefined;
  /** Known facts, for templates that need them: `{ area: "kitchen" }`. @default {} */
  readonly context?: Context;
  /** Folder of a sentence encoder (ONNX) for intents learnt from examples: docs/intents.md. @default none */
  readonly encoder?: string | undefined;
};

export type IntentEngineOptions = IntentOptions & {
  /** Files and folders of sentence templates: the YAML of Home Assistant / hassil. */
  readonly intents: readonly string[];
  /** Files and folders with the values of lists that are known only at run time. @default [] */
  readonly lists?: readonly string[];
  readonly language: Language;
  /** Folder of the model whose pronunciations say which words sound alike. @default the embedded one */
  readonly modelDir?: string;
  /** Cache folder for templates that take long to compile; false: no cache. @default the user's cache folder */
  readonly cacheDir?: string | false;
};

export const INTENT_DEFAULTS = {
  fuzzyThreshold: 35,
  context: {},
} as const satisfies IntentOptions;

/** Names of the options, for those who take them by composition. */
export const INTENT_OPTION_NAMES = {
  ...INTENT_DEFAULTS,
  fallbackLanguage: true,
  activeIntents: true,
  encoder: true,
} satisfies OptionNames<IntentOptions>;

const NAMES = {
  ...INTENT_OPTION_NAMES,
  intents: true,
  lists: true,
  language: true,
  modelDir: true,
  cacheDir: true,
} satisfies OptionNames<IntentEngineOptions>;

/** The intent options among others. */
export function pickIntentOptions(options: IntentOptions): IntentOptions {
  const entries = Object.entries(options).filter(([name]) =>
    Object.hasOwn(INTENT_OPTION_NAMES, name),
  );
  return Object.fromEntries(entries);
}

/** @throws TypeError, RangeError naming the option, its value or type */
export function assertIntentOptions({
  fallbackLanguage,
  fuzzyThreshold = INTENT_DEFAULTS.fuzzyThreshold,
  activeIntents,
}: IntentOptions): void {
  if (fallbackLanguage !== undefined) assertOneOf("fallbackLanguage", fallbackLanguage, LANGUAGES);
  if (activeIntents !== undefined) assertIntentNames("activeIntents", activeIntents);
  if (!(fuzzyThreshold >= 0 && fuzzyThreshold <= 100)) {
    throw new RangeError(`fuzzyThreshold must be from 0 to 100, not ${fuzzyThreshold}`);
  }
}

/** @throws TypeError, RangeError naming the option */
export function toLoadRequest(options: IntentEngineOptions): LoadRequest {
  assertOptionNames("IntentEngine", options, NAMES);
  const { intents, lists = [], language, fallbackLanguage, encoder, cacheDir } = options;
  assertOneOf("language", language, LANGUAGES);
  assertIntentOptions(options);
  for (const [name, paths] of Object.entries({ intents, lists })) {
    // The characters of a text are no paths: "/" would be the whole disk.
    if (Array.isArray(paths) && paths.every((each) => typeof each === "string")) continue;
    throw new TypeError(`${name} must be a list of paths`);
  }
  return {
    intents,
    lists,
    language,
    fallbackLanguage,
    fuzzyThreshold: options.fuzzyThreshold ?? INTENT_DEFAULTS.fuzzyThreshold,
    modelDir: options.modelDir ?? EMBEDDED_MODEL,
    encoder,
    cacheDir: cacheDir === false ? undefined : (cacheDir ?? defaultCacheDir()),
  };
}

/**
 * @param what the names are, for the message
 * @throws TypeError
 */
export function assertIntentNames(what: string, intents: unknown): void {
  if (Array.isArray(intents) && intents.every((name) => typeof name === "string")) return;
  throw new TypeError(`${what} must be a list of names of intents`);
}
