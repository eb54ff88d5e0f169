import type { Context } from "../../grammar/context.ts";
import { LANGUAGES, type Language } from "../../languages/language.ts";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { EMBEDDED_MODEL } from "../../base/package-root.ts";
import { defaultCacheDir } from "./cache-folder.ts";
import type { LoadRequest } from "./protocol.ts";

export type IntentEngineOptions = {
  /** Files and folders of sentence templates: the YAML of Home Assistant / hassil. */
  readonly intents: readonly string[];
  /** Files and folders with the values of lists that are known only at run time. @default [] */
  readonly lists?: readonly string[];
  readonly language: Language;
  /** Sentences that mean nothing in `language` are tried in this one, by the same files. @default none */
  readonly fallbackLanguage?: Language | undefined;
  /**
   * Lowest confidence, in percent, with which a sentence is accepted. A confidence is the probability that the
   * sentence means the intent: 100 only word for word; 35 about one word in three misheard, left out or added; 0
   * whatever comes nearest.
   * @default 35
   */
  readonly fuzzyThreshold?: number;
  /** Only these intents may be meant. @default all */
  readonly activeIntents?: readonly string[] | undefined;
  /** What is known already, for sentences that need it: `{ area: "kitchen" }`. @default {} */
  readonly context?: Context;
  /** Folder of the model whose pronunciations tell which words sound alike. @default the embedded one */
  readonly modelDir?: string;
  /** Folder of a sentence encoder (ONNX) for what is learnt from examples: docs/intents.md. @default none */
  readonly encoder?: string | undefined;
  /**
   * Folder where templates that take long to compile are kept, by their content; false: nowhere.
   * @default the user's cache folder
   */
  readonly cacheDir?: string | false;
};

const DEFAULTS = { lists: [], fuzzyThreshold: 35 } as const satisfies Partial<IntentEngineOptions>;

const NAMES = {
  ...DEFAULTS,
  intents: true,
  language: true,
  fallbackLanguage: true,
  activeIntents: true,
  context: true,
  modelDir: true,
  encoder: true,
  cacheDir: true,
} satisfies OptionNames<IntentEngineOptions>;

/** @throws TypeError, RangeError naming the option */
export function toLoadRequest(options: IntentEngineOptions): LoadRequest {
  assertOptionNames("IntentEngine", options, NAMES);
  const { intents, lists = DEFAULTS.lists, language, fallbackLanguage } = options;
  assertOneOf("language", language, LANGUAGES);
  if (fallbackLanguage !== undefined) assertOneOf("fallbackLanguage", fallbackLanguage, LANGUAGES);
  for (const [name, paths] of Object.entries({ intents, lists })) {
    // The characters of a text are no paths: "/" would be the whole disk.
    if (Array.isArray(paths) && paths.every((each) => typeof each === "string")) continue;
    throw new TypeError(`${name} must be a list of paths`);
  }
  const fuzzyThreshold = options.fuzzyThreshold ?? DEFAULTS.fuzzyThreshold;
  if (!(fuzzyThreshold >= 0 && fuzzyThreshold <= 100))
    throw new RangeError(`fuzzyThreshold must be from 0 to 100, not ${String(fuzzyThreshold)}`);
  return {
    intents,
    lists,
    language,
    fallbackLanguage,
    fuzzyThreshold,
    modelDir: options.modelDir ?? EMBEDDED_MODEL,
    encoder: options.encoder,
    cacheDir: options.cacheDir === false ? undefined : (options.cacheDir ?? defaultCacheDir()),
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
