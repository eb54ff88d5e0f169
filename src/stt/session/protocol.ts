import type { AudioInput } from "../../audio/audio-input.ts";
import type { Automaton } from "../../grammar/automaton.ts";
import type { Context } from "../../grammar/context.ts";
import type { Language } from "../../languages/language.ts";
import type { ModelCard } from "../../models/model-folder.ts";
import type { Recognition, Transcript } from "../recognition.ts";

/** Audio as the caller gave it; the worker reads it. */
export type AudioRequest = {
  readonly audio: AudioInput;
  /** Rate of raw samples, Hz. @default 16000 */
  readonly sampleRateHz: number | undefined;
  readonly language: Language;
};

/** The calls of the main side to the speech worker. */
export type SpeechProtocol = {
  /** Loads a model; the first call, made once. */
  load: {
    readonly request: { readonly dir: string };
    readonly response: ModelCard;
  };
  /** Keeps templates under a number; `unsayable` lists the words without a pronunciation. */
  addGrammar: {
    readonly request: { readonly id: number; readonly automaton: Automaton };
    readonly response: { readonly unsayable: readonly string[] };
  };
  removeGrammar: { readonly request: { readonly id: number }; readonly response: undefined };
  recognize: {
    readonly request: AudioRequest & {
      readonly grammar: number;
      readonly context: Context;
      /** The intents that may be meant; undefined stands for all. */
      readonly intents: readonly string[] | undefined;
    };
    readonly response: Omit<Recognition, "tookMs">;
  };
  transcribe: { readonly request: AudioRequest; readonly response: Transcript };
  /** The words so far in an utterance that goes on; free speech without a grammar. */
  partial: {
    readonly request: AudioRequest & { readonly grammar: number | undefined };
    readonly response: { readonly text: string };
  };
};
