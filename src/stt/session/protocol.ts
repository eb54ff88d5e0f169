import type { AudioInput } from "../../audio/audio-input.ts";
import type { Automaton } from "../../grammar/automaton.ts";
import type { Context } from "../../grammar/context.ts";
import type { Language } from "../../languages/language.ts";
import type { ModelCard } from "../../models/model-folder.ts";
import type { Recognition, Transcript } from "../recognition.ts";

/** Audio as the caller gave it; read in the worker. */
export type AudioRequest = {
  readonly audio: AudioInput;
  /** Of raw samples, Hz. @default 16000 */
  readonly sampleRateHz: number | undefined;
  readonly language: Language;
};

/** What the main side asks of the speech worker. */
export type SpeechProtocol = {
  /** Loads a model; once. */
  load: {
    readonly request: { readonly dir: string };
    readonly response: ModelCard;
  };
  /** Keeps templates under a number; `unsayable`: words that have no pronunciation. */
  addGrammar: {
    readonly request: { readonly id: number; readonly automaton: Automaton };
    readonly response: { readonly unsayable: readonly string[] };
  };
  removeGrammar: { readonly request: { readonly id: number }; readonly response: undefined };
  recognize: {
    readonly request: AudioRequest & {
      readonly grammar: number;
      readonly context: Context;
      /** Only these may be meant; undefined: all. */
      readonly intents: readonly string[] | undefined;
    };
    readonly response: Omit<Recognition, "tookMs">;
  };
  transcribe: { readonly request: AudioRequest; readonly response: Transcript };
  /** What was said so far; without a grammar as free speech. */
  partial: {
    readonly request: AudioRequest & { readonly grammar: number | undefined };
    readonly response: { readonly text: string };
  };
};
