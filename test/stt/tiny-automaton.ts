import { plainSentence } from "../../src/grammar/own-intents.ts";
import { ARC, type Automaton, type Output } from "../../src/grammar/automaton.ts";

/** A piece of a sentence: a word, pieces in a row, one of several, or a call that may fill a slot. */
export type Piece =
  | string
  | readonly Piece[]
  | { readonly oneOf: readonly Piece[] }
  | { readonly optional: Piece }
  | { readonly call: string; readonly slot?: string }
  | { readonly value: string; readonly of: Piece }
  | { readonly any: true };

type Arc = { kind: number; label: number; target: number; cost: number; output: number };

/** Sentences written as data, compiled the plain way: for tests that need to know every arc. */
export function tinyAutomaton(
  sentences: readonly { readonly intent: string; readonly piece: Piece }[],
  rules: Readonly<Record<string, Piece>> = {},
): Automaton {
  const states: Arc[][] = [];
  const words: string[] = [];
  const outputs: Output[] = [];
  const names = ["", ...Object.keys(rules)];
  const state = (): number => states.push([]) - 1;
  const output = (o: Output): number => outputs.push(o);
  const arc = (from: number, target: number, kind: number, label = 0, out = 0, cost = 0): void => {
    states[from]!.push({ kind, label, target, cost, output: out });
  };
  const wordIndex = (word: string): number => {
    const known = words.indexOf(word);
    return known >= 0 ? known : words.push(word) - 1;
  };
  const add = (from: number, piece: Piece): number => {
    if (typeof piece === "string") {
      return piece.split(" ").reduce((at, word) => {
        const to = state();
        arc(at, to, ARC.word, wordIndex(word));
        return to;
      }, from);
    }
    if ("call" in piece) {
      const to = state();
      const out = piece.slot === undefined ? 0 : output({ type: "slot", name: piece.slot });
      arc(from, to, ARC.call, names.indexOf(piece.call), out);
      return to;
    }
    if ("any" in piece) {
      const to = state();
      arc(from, to, ARC.anyWord);
      return to;
    }
    if ("value" in piece) {
      const start = state();
      arc(from, start, ARC.epsilon, 0, output({ type: "value", value: piece.value }));
      return add(start, piece.of);
    }
    if ("optional" in piece) {
      const to = add(from, piece.optional);
      arc(from, to, ARC.epsilon);
      return to;
    }
    if ("oneOf" in piece) {
      const to = state();
      for (const one of piece.oneOf) arc(add(from, one), to, ARC.epsilon);
      return to;
    }
    return piece.reduce((at: number, next) => add(at, next), from);
  };

  const nets = names.map((name) => ({ name, start: state(), final: state() }));
  for (const [i, { intent, piece }] of sentences.entries()) {
    const start = state();
    const sentence = plainSentence(intent, `test:${i + 1}`);
    arc(nets[0]!.start, start, ARC.epsilon, 0, output(sentence));
    arc(add(start, piece), nets[0]!.final, ARC.epsilon);
  }
  for (const [i, piece] of Object.values(rules).entries()) {
    const net = nets[i + 1]!;
    arc(add(net.start, piece), net.final, ARC.epsilon);
  }

  const arcs = states.flat();
  const arcFirst = new Uint32Array(states.length + 1);
  for (const [i, list] of states.entries()) arcFirst[i + 1] = arcFirst[i]! + list.length;
  return {
    language: "en",
    words,
    nets,
    arcFirst,
    arcKind: Uint8Array.from(arcs, (a) => a.kind),
    arcLabel: Uint32Array.from(arcs, (a) => a.label),
    arcTarget: Uint32Array.from(arcs, (a) => a.target),
    arcCost: Float32Array.from(arcs, (a) => a.cost),
    arcOutput: Uint32Array.from(arcs, (a) => a.output),
    outputs,
    pronounce: new Map(),
  };
}
