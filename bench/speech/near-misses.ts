import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import type { Automaton } from "../../src/grammar/automaton.ts";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import type { SpeechToText } from "../../src/stt/speech-to-text.ts";
import type { FalseAccepts } from "./false-accepts.ts";
import { COFFEE } from "./grammars.ts";
import { hear, type HearOptions } from "./hear.ts";
import { coffeeLabels, inNoise, readFolder, readKitchen, type Recording } from "./recordings.ts";
import { SEED } from "./sets.ts";

type CoffeeFile = { readonly lists: Record<string, { values: string[] }> };

/** Orders beside templates that lack a value which each of them contains. */
export type NearMisses = {
  readonly automaton: Automaton;
  readonly recordings: readonly Recording[];
};

/** Shares of near misses that are accepted as another order, clean and in a kitchen's noise. */
export async function* nearMisses(
  stt: SpeechToText,
  step: number,
  options: HearOptions,
): AsyncGenerator<FalseAccepts> {
  const clean = await readFolder("coffee-en/audio", step);
  const noisy = inNoise(clean, await readKitchen(), 12, SEED);
  for (const [noise, recordings] of Object.entries({ clean, "kitchen 12 dB": noisy })) {
    let count = 0;
    let taken = 0;
    let factors = 0;
    for (const { automaton, recordings: said } of nearMissesOf(recordings)) {
      const none = said.map(() => ({ intent: null, slots: {} }));
      const { rejected, realTimeFactor } = await hear(stt, said, none, automaton, options);
      count += said.length;
      taken += said.length * (1 - rejected);
      factors += said.length * realTimeFactor;
    }
    const [share, realTimeFactor] = [taken / count, factors / count];
    const set = `orders, ${noise}`;
    yield { templates: "coffee less one", set, recordings: count, share, realTimeFactor };
  }
}

/** The near misses among recordings of coffee-en: each recording once for each of its values. */
export function* nearMissesOf(recordings: readonly Recording[]): Generator<NearMisses> {
  const labels = coffeeLabels();
  for (const [slot, value] of values()) {
    const said = recordings.filter(({ name }) => labels.get(name)?.[slot] === value);
    if (said.length > 0) yield { automaton: coffeeWithout(slot, value), recordings: said };
  }
}

function values(): [slot: string, value: string][] {
  return Object.entries(coffee().lists).flatMap(([slot, list]) =>
    list.values.map((value): [string, string] => [slot, value]),
  );
}

function coffeeWithout(slot: string, value: string): Automaton {
  const file = coffee();
  const list = file.lists[slot]!;
  list.values = list.values.filter((other) => other !== value);
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-bench-"));
  try {
    const name = path.join(folder, "intents.yaml");
    writeFileSync(name, stringify(file));
    return compileAutomaton(loadTemplates([name], { language: "en" }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function coffee(): CoffeeFile {
  return parse(readFileSync(COFFEE, "utf8")) as CoffeeFile;
}
