import { ARC, type Automaton, type SlotValue } from "../../grammar/automaton.ts";
import { interpretCall } from "../../grammar/interpret-path.ts";
import { Aligner, type SpottedCall } from "../alignment/aligner.ts";
import { fuzzyCosts, lightWords } from "../alignment/edit-costs.ts";
import { buildLattice, type Lattice, textAt } from "../alignment/lattice.ts";
import type { IntentSettings } from "../settings/intent-settings.ts";
import type { WordComparer } from "../words/word-comparer.ts";
import { WordWeights } from "../words/word-weights.ts";

/** Bounds the texts that are searched for values: longer ones are no commands. */
const MAX_TOKENS = 40;

/** Finds the values of an intent's slots anywhere in a text. */
export class SlotSpotter {
  readonly #automaton: Automaton;
  readonly #aligner: Aligner;
  readonly #weights: WordWeights;
  readonly #settings: IntentSettings;
  readonly #vocabulary: ReadonlyMap<string, number>;
  /** Per intent: the arcs that call the nets of its slots, one for each slot and list. */
  readonly #calls = new Map<string, Map<string, number>>();

  constructor(automaton: Automaton, settings: IntentSettings) {
    this.#automaton = automaton;
    this.#aligner = new Aligner(automaton, settings.alignment);
    this.#weights = new WordWeights(automaton.language, settings.words);
    this.#settings = settings;
    this.#vocabulary = new Map(automaton.words.map((word, i) => [word, i]));
    this.#findCalls();
  }

  /** The slots of an intent that the text has values for. Where values overlap, the better one counts. */
  spot(text: string, intent: string, comparer: WordComparer): Record<string, SlotValue> {
    const calls = [...(this.#calls.get(intent)?.values() ?? [])];
    const { language, words } = this.#automaton;
    const vocabulary = this.#vocabulary;
    const lattice = buildLattice(text, { language, vocabulary, skipPhrases: [], comparer });
    if (calls.length === 0 || lattice.tokens.length > MAX_TOKENS) return {};
    const { numbers } = this.#aligner.traits;
    const { alignment, examples } = this.#settings;
    const costs = fuzzyCosts(lattice, {
      words,
      numbers,
      light: lightWords(words, this.#weights),
      comparer,
      weights: this.#weights,
      settings: alignment,
    });
    const spotted = this.#aligner.spot(lattice, costs, calls, examples.maxSlotCost);
    const worth = ({ from, to, cost }: SpottedCall): number =>
      to - from - examples.slotCostWeight * cost;
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
    const textOf = (from: number, to: number): string => textAt(lattice, tokens.slice(from, to));
    return interpretCall(this.#automaton, steps, { textOf });
  }

  #findCalls(): void {
    const { nets, outputs } = this.#automaton;
    const { start, final } = nets[0]!;
    for (let state = start; state < final; state++) {
      const output = outputs[this.#aligner.layout.templateOf(state)];
      if (output?.type !== "sentence") continue;
      const calls = this.#calls.get(output.intent) ?? new Map<string, number>();
      this.#calls.set(output.intent, calls);
      this.#callsFrom(state, state + 1, calls);
    }
  }

  /** Collects the calls of slots in these states and, through rules, inside the nets that they call. */
  #callsFrom(
    first: number,
    end: number,
    into: Map<string, number>,
    seen = new Set<number>(),
  ): void {
    const { arcFirst, arcKind, arcLabel, arcOutput, outputs, nets } = this.#automaton;
    for (let arc = arcFirst[first]!; arc < arcFirst[end]!; arc++) {
      if (arcKind[arc] !== ARC.call) continue;
      const label = arcLabel[arc]!;
      const net = nets[label]!;
      const output = outputs[arcOutput[arc]! - 1];
      if (output?.type === "slot") {
        if (!this.#takesAnything(net)) into.set(`${output.name} ${label}`, arc);
      } else if (!seen.has(label)) {
        seen.add(label);
        this.#callsFrom(net.start, net.final, into, seen);
      }
    }
  }

  #takesAnything({ start, final }: Automaton["nets"][number]): boolean {
    const { arcFirst, arcKind } = this.#automaton;
    for (let arc = arcFirst[start]!; arc < arcFirst[final]!; arc++)
      if (arcKind[arc] === ARC.anyWord) return true;
    return false;
  }
}
