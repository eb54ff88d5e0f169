import type { Form } from "./word-forms.ts";
import type { Posteriors } from "./posteriors.ts";

/** A state of the alignment: what it emits, and the states that lead to it. */
type State = {
  readonly emission: number;
  readonly from: readonly number[];
};

const BLANK = 0;

/**
 * Log-probability of words, whatever their timing: the sum over all alignments (the CTC forward score, Graves et al.
 * 2006), where the search knows only the best one.
 * @param posteriors log-probabilities, frames × phones
 * @param words the forms of each word
 * @returns nats; −Infinity for too few frames
 */
export function ctcLogProb(posteriors: Posteriors, words: readonly (readonly Form[])[]): number {
  const { frames, phones, logProbs } = posteriors;
  const { states, finals } = chain(words);
  let now = new Float64Array(states.length);
  let next = new Float64Array(states.length);
  let total = 0;
  for (let f = 0; f < frames; f++) {
    const row = logProbs.subarray(f * phones, (f + 1) * phones);
    let sum = 0;
    for (const [s, { emission, from }] of states.entries()) {
      let mass = f === 0 ? 0 : now[s]!;
      for (const p of from) mass += p === START ? (f === 0 ? 1 : 0) : now[p]!;
      next[s] = mass === 0 ? 0 : mass * Math.exp(row[emission]!);
      sum += next[s];
    }
    if (sum === 0) return -Infinity;
    for (let s = 0; s < next.length; s++) next[s] = next[s]! / sum;
    total += Math.log(sum);
    [now, next] = [next, now];
  }
  const ended = finals.reduce((sum, s) => sum + now[s]!, 0);
  return total + Math.log(ended);
}

/** Stands for the state before the first frame. */
const START = -1;

/** The states of the words in a row, each after the states that lead to it. */
function chain(words: readonly (readonly Form[])[]): {
  states: readonly State[];
  finals: readonly number[];
} {
  const states: State[] = [];
  const add = (emission: number, from: readonly number[]): number =>
    states.push({ emission, from }) - 1;
  /** States in which the word before may end. */
  let exits: readonly number[] = [START];
  for (const forms of words) {
    const rest = add(BLANK, exits);
    exits = forms.map(({ phones }) => {
      let last = NONE;
      for (const phone of phones) {
        const before = last === NONE ? exits : [last];
        const gap = last === NONE ? rest : add(BLANK, [last]);
        const direct = before.filter((s) => s === START || states[s]!.emission !== phone);
        last = add(phone, [gap, ...direct]);
      }
      return last === NONE ? rest : last;
    });
  }
  return { states, finals: [...exits.filter((s) => s !== START), add(BLANK, exits)] };
}

/** Stands for no state. */
const NONE = -2;
