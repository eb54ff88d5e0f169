import { serve } from "../../workers/serve.ts";
import type { SpeechProtocol } from "./protocol.ts";
import { Recognizer } from "./recognizer.ts";

let loading: Promise<Recognizer> | undefined;

/** Calls come one after another, and `load` is the first. */
function recognizer(): Promise<Recognizer> {
  if (loading === undefined)
    throw new Error("The speech worker was asked before a model was loaded");
  return loading;
}

serve<SpeechProtocol>(
  {
    load: async ({ dir }, { native }) => {
      loading = Recognizer.load(dir, native);
      return (await loading).card;
    },
    addGrammar: async (request) => (await recognizer()).addGrammar(request),
    removeGrammar: async ({ id }) => (await recognizer()).removeGrammar(id),
    recognize: async (request, context) => (await recognizer()).recognize(request, context),
    transcribe: async (request, context) => (await recognizer()).transcribe(request, context),
    partial: async (request, context) => (await recognizer()).partial(request, context),
  },
  {
    close: async ({ native }) => {
      const loaded = await loading?.catch(() => undefined); // its failure was the answer to `load`
      await loaded?.release(native);
    },
  },
);
