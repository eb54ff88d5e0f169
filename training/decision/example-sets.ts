import type { Automaton } from "../../src/grammar/automaton.ts";
import {
  coffeeAutomaton,
  DIGIT_WORDS,
  digitsAutomaton,
  homeAutomaton,
} from "../../bench/speech/grammars.ts";
import type { Answer } from "../../bench/speech/judge.ts";
import { nearMissesOf } from "../../bench/speech/near-misses.ts";
import {
  coffeeLabels,
  inNoise,
  kitchenPieces,
  readFolder,
  readKitchen,
  type Recording,
} from "../../bench/speech/recordings.ts";
import { SEED } from "../../bench/speech/sets.ts";

/** Recordings and the templates that they are decoded through. */
export type ExampleSet = {
  readonly name: string;
  readonly automaton: Automaton;
  readonly recordings: readonly Recording[];
  /** What each recording means; undefined where none is a command of the templates. */
  readonly expected: readonly Answer[] | undefined;
};

const SNRS_DB = [24, 18, 12, 6];

/** Every `step`th recording of the development sets, as commands and as speech that is none. Several sets share a name. */
export async function* exampleSets(step: number): AsyncGenerator<ExampleSet> {
  const labels = coffeeLabels();
  const kitchen = await readKitchen();
  const clean = await readFolder("coffee-en/audio", step);
  const digits = await readFolder("digits-en", step);
  const wake = await readFolder("wake-en", step);
  const noise = await kitchenPieces();
  const [coffee, numbers, home] = [coffeeAutomaton(), digitsAutomaton(), homeAutomaton()];

  const orders = clean.map(({ name }) => ({
    intent: "orderDrink",
    slots: labels.get(name) ?? {},
  }));
  const command = { automaton: coffee, expected: orders };
  yield { ...command, name: "coffee-en, clean", recordings: clean };
  for (const snrDb of SNRS_DB) {
    const recordings = inNoise(clean, kitchen, snrDb, SEED);
    yield { ...command, name: `coffee-en, kitchen ${snrDb} dB`, recordings };
  }
  const said = digits.map(({ name }) => ({ intent: DIGIT_WORDS[Number(name[0])]!, slots: {} }));
  yield { name: "digits-en", automaton: numbers, expected: said, recordings: digits };

  const other = { expected: undefined };
  const librispeech = await readFolder("librispeech-unlabelled", step);
  yield { ...other, name: "coffee: wake-en", automaton: coffee, recordings: wake };
  yield { ...other, name: "coffee: digits-en", automaton: coffee, recordings: digits };
  yield { ...other, name: "coffee: librispeech", automaton: coffee, recordings: librispeech };
  yield { ...other, name: "coffee: kitchen alone", automaton: coffee, recordings: noise };
  yield { ...other, name: "home: wake-en", automaton: home, recordings: wake };
  yield { ...other, name: "home: digits-en", automaton: home, recordings: digits };
  yield { ...other, name: "home: kitchen alone", automaton: home, recordings: noise };
  yield { ...other, name: "digits: wake-en", automaton: numbers, recordings: wake };

  const noisy = inNoise(clean, kitchen, 12, SEED);
  for (const [where, recordings] of Object.entries({ clean, "kitchen 12 dB": noisy })) {
    for (const nearMisses of nearMissesOf(recordings)) {
      yield { ...other, name: `coffee less one, ${where}`, ...nearMisses };
    }
  }
}

/**
 * The person in a recording, by its file name: "0_george_1.flac" of digits-en, "103-1240-0000.ogg" of LibriSpeech. The
 * other sets do not name people; there each recording stands for one.
 */
export function speakerOf(file: string): string {
  return /^\d_([a-z]+)_\d+\./.exec(file)?.[1] ?? /^(\d+)-\d+-\d+\./.exec(file)?.[1] ?? file;
}
