import type { Automaton } from "../../src/grammar/automaton.ts";
import {
  coffeeAutomaton,
  coffeeJsgf,
  DIGIT_WORDS,
  digitsAutomaton,
  digitsJsgf,
} from "./grammars.ts";
import type { Answer } from "./judge.ts";
import {
  coffeeLabels,
  inNoise,
  readFolder,
  readKitchen,
  readVoices,
  type Recording,
} from "./recordings.ts";

type Noise = { readonly of: "kitchen" | "voices"; readonly snrDb: number };

/** Recordings of commands with their labels and templates. */
export type CommandSet = {
  readonly name: string;
  /** The background noise and its signal-to-noise ratio; undefined without noise. */
  readonly noise: Noise | undefined;
  readonly expected: readonly Answer[];
  readonly automaton: Automaton;
  /** The same sentences for the peer. */
  readonly jsgf: string;
  /** Loads the recordings on each call, so that memory holds only one set at a time. */
  readonly recordings: () => readonly Recording[];
};

const NOISES: readonly Noise[] = [
  ...[24, 18, 12, 6].map((snrDb) => ({ of: "kitchen", snrDb }) as const),
  ...[12, 6].map((snrDb) => ({ of: "voices", snrDb }) as const),
];
/** Seed of the positions in the noise. */
export const SEED = 1;

/** Every `step`th recording of coffee-en, clean, in kitchen noise and among eight voices, and of digits-en. */
export async function commandSets(step: number): Promise<CommandSet[]> {
  const labels = coffeeLabels();
  const clean = await readFolder("coffee-en/audio", step);
  const noises = { kitchen: await readKitchen(), voices: await readVoices(8) };
  const coffee = {
    expected: clean.map(({ name }) => ({ intent: "orderDrink", slots: labels.get(name) ?? {} })),
    automaton: coffeeAutomaton(),
    jsgf: coffeeJsgf(),
  };
  const digits = await readFolder("digits-en", step);
  return [
    { ...coffee, name: "coffee-en, clean", noise: undefined, recordings: () => clean },
    ...NOISES.map((noise) => ({
      ...coffee,
      name: `coffee-en, ${noise.of} ${noise.snrDb} dB`,
      noise,
      recordings: () => inNoise(clean, noises[noise.of], noise.snrDb, SEED),
    })),
    {
      name: "digits-en",
      noise: undefined,
      expected: digits.map(({ name }) => ({ intent: DIGIT_WORDS[Number(name[0])]!, slots: {} })),
      automaton: digitsAutomaton(),
      jsgf: digitsJsgf(),
      recordings: () => digits,
    },
  ];
}
