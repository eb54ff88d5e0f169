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

/** Recordings of commands, what was said in each, and the templates that it was said by. */
export type CommandSet = {
  readonly name: string;
  /** What else is heard, and how far it is below; undefined without any. */
  readonly noise: Noise | undefined;
  readonly expected: readonly Answer[];
  readonly automaton: Automaton;
  /** The same sentences for the peer. */
  readonly jsgf: string;
  /** Made anew at each call: in memory only one set at a time. */
  readonly recordings: () => readonly Recording[];
};

const NOISES: readonly Noise[] = [
  ...[24, 18, 12, 6].map((snrDb) => ({ of: "kitchen", snrDb }) as const),
  ...[12, 6].map((snrDb) => ({ of: "voices", snrDb }) as const),
];
/** Of the places in the noise. */
export const SEED = 1;

/** Every `step`th recording of coffee-en, clean, in a kitchen's noise and among eight other people; and of digits-en. */
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
