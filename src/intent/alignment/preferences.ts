import { ARC, type Automaton } from "../../grammar/automaton.ts";

const SLOT = 0.004;
const LITERAL = 0.0005;
const GENERAL = 0.001;

/**
 * Small costs per arc that choose between readings which fit equally well: the one with fewer slots, with more
 * of its words inside them ("bedroom lamp" is the lamp of that name, not a lamp in the bedroom), and of a
 * sentence that asks for more context.
 */
export function preferences(automaton: Automaton): Float32Array {
  const { nets, arcFirst, arcKind, arcOutput, outputs } = automaton;
  const bias = new Float32Array(arcKind.length);
  for (const net of nets) {
    const [first, last] = [arcFirst[net.start] ?? 0, arcFirst[net.final] ?? 0];
    const isList = hasValues(automaton, first, last);
    for (let arc = first; arc < last; arc++) {
      const output = outputs[(arcOutput[arc] ?? 0) - 1];
      if (arcKind[arc] === ARC.word) bias[arc] = isList ? 0 : LITERAL;
      else if (output?.type === "slot") bias[arc] = SLOT;
      else if (output?.type === "sentence")
        bias[arc] =
          Object.keys({ ...output.requiresContext, ...output.agreesWithContext }).length > 0
            ? 0
            : GENERAL;
    }
  }
  return bias;
}

function hasValues({ arcOutput, outputs }: Automaton, first: number, last: number): boolean {
  for (let arc = first; arc < last; arc++) {
    const type = outputs[(arcOutput[arc] ?? 0) - 1]?.type;
    if (type === "value" || type === "addend") return true;
  }
  return false;
}
