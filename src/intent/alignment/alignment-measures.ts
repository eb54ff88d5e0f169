import { ARC, type Automaton } from "../../grammar/automaton.ts";
import type { AlignmentSettings } from "../settings/alignment-settings.ts";
import type { WordWeights } from "../words/word-weights.ts";
import type { Alignment } from "./aligner.ts";
import type { ArcTraits } from "./arc-traits.ts";
import type { EditCosts } from "./edit-costs.ts";
import type { Lattice } from "./lattice.ts";
import type { Parse } from "./parse.ts";

/** First and last token that a step covers; undefined for none. */
type Span = readonly [first: number, last: number] | undefined;

type Measures = Pick<Parse, "distance" | "missing" | "edits" | "tells" | "isOpen" | "vagueWords">;

/** Measures how a text differs from the template that it is aligned with. */
export class AlignmentMeasures {
  readonly #automaton: Automaton;
  readonly #traits: ArcTraits;
  readonly #weights: WordWeights;
  readonly #settings: AlignmentSettings;
  readonly #vocabulary: ReadonlySet<string>;

  constructor(
    automaton: Automaton,
    traits: ArcTraits,
    weights: WordWeights,
    settings: AlignmentSettings,
  ) {
    this.#automaton = automaton;
    this.#traits = traits;
    this.#weights = weights;
    this.#settings = settings;
    this.#vocabulary = new Set(automaton.words);
  }

  /** @param costs the costs of the alignment; undefined for one that is word for word */
  of(alignment: Alignment, lattice: Lattice, costs: EditCosts | undefined): Measures {
    const { steps, tokens } = alignment;
    const open = steps.flatMap(({ arc }, i) => (this.#isWildcard(arc) ? [tokens[i]] : []));
    const vagueWords = steps.some(({ arc }) => this.#isTelling(arc))
      ? 0
      : open.filter((span) => this.#weights.tells(wordAt(lattice, span) ?? "")).length;
    const isOpen = open.length > 0;
    if (!costs) return { distance: 0, missing: 0, edits: "", tells: true, isOpen, vagueWords };
    const edits = this.#edits(alignment, lattice);
    return {
      distance: this.#distance(alignment, lattice, costs.wildcard),
      missing: this.#missing(alignment, lattice, costs),
      edits,
      tells: edits === "" || this.#tells(alignment, lattice, costs),
      isOpen,
      vagueWords,
    };
  }

  #distance({ steps, tokens, cost }: Alignment, lattice: Lattice, wildcard: number): number {
    const open = new Set<number>();
    steps.forEach(({ arc }, i) => {
      const span = tokens[i];
      if (span && this.#isWildcard(arc)) open.add(span[0]);
    });
    const weight = lattice.tokens.reduce(
      (sum, { word }, i) => sum + (open.has(i) ? 0 : this.#weights.ofExtra(word)),
      0,
    );
    return (
      Math.max(0, cost - open.size * wildcard) / Math.max(weight, this.#settings.minTextWeight)
    );
  }

  #missing({ steps, tokens }: Alignment, lattice: Lattice, costs: EditCosts): number {
    return steps.reduce((sum, { arc }, i) => {
      const word = this.#wordOf(arc);
      if (word === undefined || this.#weights.isLight(word)) return sum;
      const heard = wordAt(lattice, tokens[i]);
      const isElse = heard === undefined || this.#vocabulary.has(heard);
      const isMissing = isElse && !this.#isHeard(arc, tokens[i], lattice, costs);
      return isMissing ? sum + this.#weights.of(word) : sum;
    }, 0);
  }

  #edits({ steps, tokens }: Alignment, lattice: Lattice): string {
    const edits: string[] = [];
    const used = new Set<number>();
    steps.forEach(({ arc }, i) => {
      const span = tokens[i];
      const [first, last] = span ?? [0, -1];
      for (let token = first; token <= last; token++) used.add(token);
      const word = this.#wordOf(arc);
      if (word === undefined || wordAt(lattice, span) === word) return;
      edits.push(`${word}:${span?.join("-") ?? ""}`);
    });
    lattice.tokens.forEach(({ word }, i) => {
      if (!used.has(i) && !this.#weights.isFiller(word)) edits.push(`:${i}`);
    });
    return edits.join(" ");
  }

  #tells({ steps, tokens }: Alignment, lattice: Lattice, costs: EditCosts): boolean {
    const own: boolean[] = [];
    const values: boolean[][] = [];
    for (const [i, { arc }] of steps.entries()) {
      if (this.#traits.fillsSlot[arc] === 1) values.push([]);
      if (!this.#isTelling(arc)) continue;
      const words = this.#traits.isOfValue(arc) ? values.at(-1) : own;
      words?.push(this.#isHeard(arc, tokens[i], lattice, costs));
    }
    const telling = values.filter((words) => words.length > 0);
    const areHeard = telling.every((words) => words.includes(true));
    return areHeard
      ? own.length + telling.length > 0
      : own.length > 0 && own.every((isHeard) => isHeard);
  }

  /** Whether the text has the word of the arc here, or a form of it. */
  #isHeard(arc: number, span: Span, lattice: Lattice, costs: EditCosts): boolean {
    const label = this.#automaton.arcLabel[arc]!;
    return lattice.edges.some(
      ({ firstToken, lastToken }, edge) =>
        firstToken === span?.[0] &&
        lastToken === span[1] &&
        costs.substitution[edge]![label]! < this.#settings.maxHeardCost,
    );
  }

  #isWildcard(arc: number): boolean {
    return this.#automaton.arcKind[arc] === ARC.anyWord;
  }

  #isTelling(arc: number): boolean {
    const word = this.#wordOf(arc);
    return word !== undefined && this.#weights.tells(word);
  }

  /** The word of the template on this arc. */
  #wordOf(arc: number): string | undefined {
    const { arcKind, arcLabel, words } = this.#automaton;
    return arcKind[arc] === ARC.word ? words[arcLabel[arc]!] : undefined;
  }
}

function wordAt(lattice: Lattice, span: Span): string | undefined {
  return span && lattice.tokens[span[0]]?.word;
}
