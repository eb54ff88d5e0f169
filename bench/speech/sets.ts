import type { Automaton } from "../../src/grammar/automaton.ts";
import {
  coffeeAutomaton,
  coffeeJsgf,
  DIGIT_WORDS,
  digitsAutomaton,
  digitsJsgf,
} from "./grammars.ts";
import type { Answer } from "./judge.ts";
import { coffeeLabels, inNoise, readFolder, readKitchen, type Recording } from "./recordings.ts";

/** Recordings of commands, what was said in each, and the templates that it was said by. */
export type CommandSet = {
  readonly name: string;
  /** Of speech over kitchen noise; undefined without any. */
  readonly snrDb: number | undefined;
  readonly expected: readonly Answer[];
  readonly automaton: Automaton;
  /** The same sentences for the peer. */
  readonly jsgf: string;
  /** Made anew at each call: in memory only one set at a time. */
  readonly recordings: () => readonly Recording[];
};

const SNRS_DB = [24, 18, 12, 6];
/** Of the places in the noise. */
export const SEED = 1;

/** Every `step`th recording of coffee-en, clean and in noise, and of digits-en. */
export async function commandSets(step: number): Promise<CommandSet[]> {
  const labels = coffeeLabels();
  const clean = await readFolder("coffee-en/audio", step);
  const kitchen = await readKitchen();
  const coffee = {
    expected: clean.map(({ name }) => ({ intent: "orderDrink", slots: labels.get(name) ?? {} })),
    automaton: coffeeAutomaton(),
    jsgf: coffeeJsgf(),
  };
  const digits = await readFolder("digits-en", step);
  return [
    { ...coffee, name: "coffee-en, clean", snrDb: undefined, recordings: () => clean },
    ...SNRS_DB.map((snrDb) => ({
      ...coffee,
      name: `coffee-en, kitchen ${snrDb} dB`,
      snrDb,
      recordings: () => inNoise(clean, kitchen, snrDb, SEED),
    })),
    {
      name: "digits-en",
      snrDb: undefined,
      expected: digits.map(({ name }) => ({ intent: DIGIT_WORDS[Number(name[0])]!, slots: {} })),
      automaton: digitsAutomaton(),
      jsgf: digitsJsgf(),
      recordings: () => digits,
    },
  ];
}
