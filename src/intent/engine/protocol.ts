import type { Automaton } from "../../grammar/automaton.ts";
import type { Context } from "../../grammar/context.ts";
import type { Understanding } from "../../grammar/understanding.ts";
import type { Language } from "../../languages/language.ts";

export type LoadRequest = {
  /** Files and folders of sentence templates. */
  readonly intents: readonly string[];
  /** Files and folders with the values of lists that are known only at run time. */
  readonly lists: readonly string[];
  readonly language: Language;
  /** Texts that mean nothing in `language` are tried in this language. */
  readonly fallbackLanguage: Language | undefined;
  /** 0 … 100 */
  readonly fuzzyThreshold: number;
  /** Folder with the pronunciations of the language; without it words are compared by spelling alone. */
  readonly modelDir: string | undefined;
  /** Folder of the user's sentence encoder. */
  readonly encoder: string | undefined;
  /** Folder where compiled templates are kept; undefined: nowhere. */
  readonly cacheDir: string | undefined;
};

/** The templates in force in one language. */
export type LoadedIntents = {
  readonly automaton: Automaton;
  /** Phrases that must be rejected. */
  readonly negatives: readonly string[];
  /** Names of all intents. */
  readonly intents: readonly string[];
};

export type LoadResponse = {
  readonly own: LoadedIntents;
  /** The templates of `fallbackLanguage`. */
  readonly fallback: LoadedIntents | undefined;
};

export type ClassifyRequest = {
  readonly text: string;
  readonly context: Context;
  /** The intents that may be meant; undefined: all. */
  readonly intents: readonly string[] | undefined;
};

/** The requests of the intent worker. */
export type IntentProtocol = {
  /** Replaces the templates in force; a failed load leaves them as they are. */
  load: { request: LoadRequest; response: LoadResponse };
  classify: { request: ClassifyRequest; response: Understanding };
};
