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
  /** Sentences that mean nothing in `language` are tried in this one. */
  readonly fallbackLanguage: Language | undefined;
  /** 0 … 100 */
  readonly fuzzyThreshold: number;
  /** Folder with the pronunciations of the language; without it words are compared as they are written. */
  readonly modelDir: string | undefined;
  /** Folder of a sentence encoder of the user's. */
  readonly encoder: string | undefined;
  /** Folder where compiled templates are kept; undefined: nowhere. */
  readonly cacheDir: string | undefined;
};

/** What is in force in one language. */
export type LoadedIntents = {
  readonly automaton: Automaton;
  /** Sentences that must be rejected. */
  readonly negatives: readonly string[];
  /** Names of all intents. */
  readonly intents: readonly string[];
};

export type LoadResponse = {
  readonly own: LoadedIntents;
  /** Of `fallbackLanguage`. */
  readonly fallback: LoadedIntents | undefined;
};

export type ClassifyRequest = {
  readonly text: string;
  readonly context: Context;
  /** Only these may be meant; undefined: all. */
  readonly intents: readonly string[] | undefined;
};

/** What the intent worker can be asked. */
export type IntentProtocol = {
  /** Replaces the templates in force; a failed load leaves them as they are. */
  load: { request: LoadRequest; response: LoadResponse };
  classify: { request: ClassifyRequest; response: Understanding };
};
