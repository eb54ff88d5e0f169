import { ARC, type Automaton, type SlotValue } from "../../grammar/automaton.ts";
import { interpretCall } from "../../grammar/interpret-path.ts";
import { Aligner, type SpottedCall } from "../alignment/aligner.ts";
import { fuzzyCosts, lightWords } from "../alignment/edit-costs.ts";
import { buildLattice, type Lattice } from "../alignment/lattice.ts";
import type { WordComparer } from "../words/word-comparer.ts";
import { WordWeights } from "../words/word-weights.ts";

/** What a misheard value may cost: a letter or two of a long word. */
const BOUND = 0.3;
/** Longer texts are not looked through. */
const MOST_TOKENS = 40;
/** A value that is misheard must be longer than another to be preferred. */
const WEIGHT_OF_COST = 4;

/** Finds the values of an intent's slots anywhere in a text. */
export class SlotSpotter {
  readonly #automaton: Automaton;
  readonly #aligner: Aligner;
  readonly #weights: WordWeights;
  readonly #vocabulary: ReadonlyMap<string, number>;
  /** Per intent: the calls that fill its slots, one for each slot and list. */
  readonly #calls = new Map<string, Map<string, number>>();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#aligner = new Aligner(automaton);
    this.#weights = new WordWeights(automaton.language);
    this.#vocabulary = new Map(automaton.words.map((word, i) => [word, i]));
    this.#findCalls();
  }

  /** The slots of an intent that the text has values for, the surest ones first. */
  spot(text: string, intent: string, comparer: WordComparer): Record<string, SlotValue> {
    const calls = [...(this.#calls.get(intent)?.values() ?? [])];
    const { language, words } = this.#automaton;
    const vocabulary = this.#vocabulary;
    const lattice = buildLattice(text, { language, vocabulary, skipPhrases: [], comparer });
    if (calls.length === 0 || lattice.tokens.length > MOST_TOKENS) return {};
    const { numbers } = this.#aligner;
    const costs = fuzzyCosts(lattice, {
      words,
      numbers,
      light: lightWords(words, this.#weights),
      comparer,
      weights: this.#weights,
    });
    const spotted = this.#aligner.spot(lattice, costs, calls, BOUND);
    const slots: Record<string, SlotValue> = {};
    let taken: SpottedCall[] = [];
    for (const call of spotted.toSorted((a, b) => worth(b) - worth(a))) {
      if (taken.some((other) => call.from < other.to && other.from < call.to)) continue;
      const found = this.#read(call, lattice);
      if (Object.keys(found).some((slot) => slot in slots)) continue;
      Object.assign(slots, found);
      taken = [...taken, call];
    }
    return slots;
  }

  #read({ steps, tokens }: SpottedCall, lattice: Lattice): Record<string, SlotValue> {
    const textOf = (from: number, to: number): string => {
      const covered = tokens.slice(from, to).flatMap((span) => span ?? []);
      const [first, last] = [Math.min(...covered), Math.max(...covered)].map(
        (i) => lattice.tokens[i],
      );
      return first && last ? lattice.text.slice(first.start, last.end) : "";
    };
    return interpretCall(this.#automaton, steps, { textOf });
  }

  #findCalls(): void {
    const { nets, outputs } = this.#automaton;
    const { start, final } = nets[0] ?? { start: 0, final: 0 };
    for (let state = start; state < final; state++) {
      const output = outputs[this.#aligner.layout.sentenceOf(state)];
      if (output?.type !== "sentence") continue;
      const calls = this.#calls.get(output.intent) ?? new Map<string, number>();
      this.#calls.set(output.intent, calls);
      this.#callsFrom(state, state + 1, calls);
    }
  }

  /** Calls of slots in these states and, through rules, inside the nets they call. */
  #callsFrom(
    first: number,
    end: number,
    into: Map<string, number>,
    seen = new Set<number>(),
  ): void {
    const { arcFirst, arcKind, arcLabel, arcOutput, outputs, nets } = this.#automaton;
    for (let arc = arcFirst[first] ?? 0; arc < (arcFirst[end] ?? 0); arc++) {
      if (arcKind[arc] !== ARC.call) continue;
      const label = arcLabel[arc] ?? 0;
      const net = nets[label];
      const output = outputs[(arcOutput[arc] ?? 0) - 1];
      if (output?.type === "slot") {
        if (net && !this.#takesAnything(net)) into.set(`${output.name} ${label}`, arc);
      } else if (net && !seen.has(label)) {
        seen.add(label);
        this.#callsFrom(net.start, net.final, into, seen);
      }
    }
  }

  #takesAnything({ start, final }: Automaton["nets"][number]): boolean {
    const { arcFirst, arcKind } = this.#automaton;
    for (let arc = arcFirst[start] ?? 0; arc < (arcFirst[final] ?? 0); arc++)
      if (arcKind[arc] === ARC.anyWord) return true;
    return false;
  }
}

function worth({ from, to, cost }: SpottedCall): number {
  return to - from - WEIGHT_OF_COST * cost;
}
