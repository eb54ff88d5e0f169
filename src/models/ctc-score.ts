import type { Form } from "./word-forms.ts";
import type { Posteriors } from "./posteriors.ts";

/** Where a state may be entered from. */
type State = {
  readonly emission: number;
  readonly from: readonly number[];
};

const BLANK = 0;

/**
 * Log-probability that these words were said, whatever their timing: the sum over all alignments (CTC's own
 * measure), where the search knows only the best one. −Infinity where the frames are too few.
 * @param words for each word all ways to say it
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

/** Stands for the place before the first frame. */
const START = -1;

/** The states of the words in a row, in an order in which each comes after those that lead to it. */
function chain(words: readonly (readonly Form[])[]): {
  states: readonly State[];
  finals: readonly number[];
} {
  const states: State[] = [];
  const add = (emission: number, from: readonly number[]): number =>
    states.push({ emission, from }) - 1;
  /** The last phones of the word before. */
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

const NONE = -2;
