import { packOf } from "../languages/packs.ts";
import { ARC, type Automaton, type PathStep } from "./automaton.ts";
import { liveStates } from "./live-states.ts";
import { type Interpretation, interpretPath } from "./interpret-path.ts";

/** A sentence of the automaton, and what it means. */
export type Sample = Interpretation & { readonly steps: readonly PathStep[] };

/**
 * Draws `n` sentences, every intent alike, whatever the number of its templates. The same seed gives the same
 * sentences. Sentences that no list value can complete are left out, so that fewer than `n` may come back.
 */
export function sampleSentences(automaton: Automaton, n: number, seed = 1): Sample[] {
  const sampler = new Sampler(automaton, seed);
  const samples: Sample[] = [];
  for (let tries = 0; samples.length < n && tries < n * 4; tries++) {
    const sample = sampler.draw();
    if (sample) samples.push(sample);
  }
  return samples;
}

class Sampler {
  readonly #automaton: Automaton;
  readonly #live: Uint8Array;
  #random: number;

  constructor(automaton: Automaton, seed: number) {
    this.#automaton = automaton;
    this.#live = liveStates(automaton);
    this.#random = seed >>> 0 || 1;
  }

  draw(): Sample | undefined {
    const root = this.#automaton.nets[0];
    if (!root || !this.#live[root.start]) return undefined;
    const steps: PathStep[] = [];
    this.#walk(0, steps);
    return { ...interpretPath(this.#automaton, steps), steps };
  }

  #walk(net: number, steps: PathStep[]): void {
    const { nets, arcKind, arcLabel, arcTarget } = this.#automaton;
    const { start, final } = nets[net] ?? { start: 0, final: 0 };
    for (let state = start; state !== final; ) {
      const arc = this.#choose(state);
      const kind = arcKind[arc];
      steps.push(kind === ARC.anyWord ? { arc, word: this.#anyWord() } : { arc });
      if (kind === ARC.call) this.#walk(arcLabel[arc] ?? 0, steps);
      state = arcTarget[arc] ?? 0;
    }
  }

  #choose(state: number): number {
    const { arcFirst, arcKind, arcLabel, arcTarget, arcCost, nets } = this.#automaton;
    const weights: [arc: number, weight: number][] = [];
    for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++) {
      const called = arcKind[arc] === ARC.call ? nets[arcLabel[arc] ?? 0]?.start : undefined;
      if (!this.#live[arcTarget[arc] ?? 0] || (called !== undefined && !this.#live[called]))
        continue;
      weights.push([arc, Math.exp(-(arcCost[arc] ?? 0)) + 1e-12]);
    }
    let rest = this.#next() * weights.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [arc, weight] of weights) {
      rest -= weight;
      if (rest <= 0) return arc;
    }
    return weights.at(-1)?.[0] ?? 0;
  }

  #anyWord(): string {
    const words = packOf(this.#automaton.language).words.samples;
    return words[Math.floor(this.#next() * words.length)] ?? "";
  }

  /** mulberry32 */
  #next(): number {
    this.#random = (this.#random + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#random ^ (this.#random >>> 15), 1 | this.#random);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}
