import type { SpeechToText } from "../../src/stt/speech-to-text.ts";
import { coffeeAutomaton, homeAutomaton } from "./grammars.ts";
import { hear, type HearOptions } from "./hear.ts";
import { kitchenPieces, readFolder } from "./recordings.ts";

export type FalseAccepts = {
  readonly templates: string;
  readonly set: string;
  readonly recordings: number;
  /** Share accepted as a command, 0…1. */
  readonly share: number;
  readonly realTimeFactor: number;
};

/** Speech outside the templates, and a kitchen without speech. */
export async function* falseAccepts(
  stt: SpeechToText,
  step: number,
  { onlyOne = false }: HearOptions,
): AsyncGenerator<FalseAccepts> {
  const outside = {
    "wake-en": await readFolder("wake-en", step),
    "digits-en": await readFolder("digits-en", step),
    librispeech: await readFolder("librispeech-unlabelled", step),
    "kitchen noise alone": await kitchenPieces(),
  };
  const all = { coffee: coffeeAutomaton(), "Home Assistant": homeAutomaton() };
  for (const [templates, automaton] of Object.entries(all)) {
    for (const [set, recordings] of Object.entries(outside)) {
      const none = recordings.map(() => ({ intent: null, slots: {} }));
      const { rejected, realTimeFactor } = await hear(stt, recordings, none, automaton, {
        onlyOne,
      });
      yield { templates, set, recordings: recordings.length, share: 1 - rejected, realTimeFactor };
    }
  }
}
