import { ARC, type Automaton, type Output } from "../automaton.ts";
import { freeze } from "./freeze.ts";
import { FINAL, NetBuilder, START } from "./net-builder.ts";

/** Gives an automaton a new root, which may call the old one. */
export class RootNet {
  readonly start = START;
  readonly final = FINAL;
  readonly #automaton: Automaton;
  readonly #net: NetBuilder;
  readonly #words: string[];
  readonly #labels: Map<string, number>;
  readonly #outputs: Output[];

  constructor(automaton: Automaton, name: string) {
    this.#automaton = automaton;
    this.#net = new NetBuilder(name, () => {});
    this.#words = [...automaton.words];
    this.#labels = new Map(automaton.words.map((word, i) => [word, i]));
    this.#outputs = [...automaton.outputs];
  }

  addState(): number {
    return this.#net.addState();
  }

  /** Adds an output. @returns its number, for the `output` of arcs */
  addOutput(output: Output): number {
    return this.#outputs.push(output);
  }

  /** Adds a sequence of words; the first carries the cost and the output. */
  addWords(
    from: number,
    target: number,
    words: readonly string[],
    { cost = 0, output = 0 } = {},
  ): void {
    let at = from;
    words.forEach((word, i) => {
      const next = i === words.length - 1 ? target : this.addState();
      const said = { kind: ARC.word, label: this.#label(word), target: next };
      this.#net.addArc(at, { ...said, cost: i === 0 ? cost : 0, output: i === 0 ? output : 0 });
      at = next;
    });
  }

  /** Adds an arc without a word. */
  addSilence(from: number, target: number, { cost = 0, output = 0 } = {}): void {
    this.#net.addArc(from, { kind: ARC.epsilon, label: 0, target, cost, output });
  }

  /** Adds a call of the old root, which accepts one command. */
  addSentences(from: number, target: number, cost = 0): void {
    // The old root moves to the end.
    const label = this.#automaton.nets.length;
    this.#net.addArc(from, { kind: ARC.call, label, target, cost, output: 0 });
  }

  toAutomaton(): Automaton {
    const old = this.#automaton;
    const [root, ...others] = old.nets;
    if (root === undefined) throw new RangeError("The automaton has no root net");
    const { language, pronounce } = old;
    const [words, outputs] = [this.#words, this.#outputs];
    const own = freeze({ language, nets: [this.#net], words, outputs, pronounce });
    const states = old.arcFirst.length - 1;
    const nets = own.nets.map(({ name, start, final }) => ({
      name,
      start: start + states,
      final: final + states,
    }));
    const arcs = old.arcKind.length;
    return {
      language,
      words,
      nets: [...nets, ...others, root],
      // The number of arcs, at its end, is the first arc of the next state.
      arcFirst: joined(
        old.arcFirst.subarray(0, states),
        own.arcFirst.map((arc) => arc + arcs),
      ),
      arcKind: joined(old.arcKind, own.arcKind),
      arcLabel: joined(old.arcLabel, own.arcLabel),
      arcTarget: joined(
        old.arcTarget,
        own.arcTarget.map((state) => state + states),
      ),
      arcCost: joined(old.arcCost, own.arcCost),
      arcOutput: joined(old.arcOutput, own.arcOutput),
      outputs,
      pronounce,
    };
  }

  #label(word: string): number {
    const known = this.#labels.get(word);
    if (known !== undefined) return known;
    const label = this.#words.push(word) - 1;
    this.#labels.set(word, label);
    return label;
  }
}

function joined<T extends Uint8Array | Uint32Array | Float32Array>(a: T, b: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an array of the class of `a`
  const both = new (a.constructor as new (length: number) => T)(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
