import { serve } from "../../workers/serve.ts";
import type { SpeechProtocol } from "./protocol.ts";
import { Recognizer } from "./recognizer.ts";

let loading: Promise<Recognizer> | undefined;

/** The main side makes one call at a time, `load` first. */
function recognizer(): Promise<Recognizer> {
  if (loading === undefined) throw new Error("The speech worker was called before `load`");
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
      const loaded = await loading?.catch(() => undefined); // `load` has reported its failure
      await loaded?.release(native);
    },
  },
);
