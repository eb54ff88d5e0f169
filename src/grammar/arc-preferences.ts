import { ARC, type Automaton } from "./automaton.ts";

/** Costs far below any edit cost, so that they only break ties: of a slot, of a word outside slots, of a template without context. */
const SLOT = 0.004;
const LITERAL = 0.0005;
const GENERAL = 0.001;

/**
 * A small cost for every arc, which decides between parses of the same words. It prefers fewer slots, more words inside
 * them ("bedroom lamp" is the lamp of that name, not a lamp in the bedroom), and templates that require context.
 */
export function arcPreferences(automaton: Automaton): Float32Array {
  const { nets, arcFirst, arcKind, arcOutput, outputs } = automaton;
  const preferences = new Float32Array(arcKind.length);
  const giving = netsThatGiveValues(automaton);
  for (const [net, { start, final }] of nets.entries()) {
    const [first, last] = [arcFirst[start]!, arcFirst[final]!];
    for (let arc = first; arc < last; arc++) {
      const output = outputs[arcOutput[arc]! - 1];
      if (arcKind[arc] === ARC.word) preferences[arc] = giving.has(net) ? 0 : LITERAL;
      else if (output?.type === "slot") preferences[arc] = SLOT;
      else if (output?.type === "sentence") {
        const asked = { ...output.requiresContext, ...output.agreesWithContext };
        preferences[arc] = Object.keys(asked).length > 0 ? 0 : GENERAL;
      }
    }
  }
  return preferences;
}

/** Nets that yield a value, or an addend of one. */
export function netsThatGiveValues(automaton: Automaton): ReadonlySet<number> {
  const { nets, arcFirst, arcKind, arcLabel, arcOutput, outputs } = automaton;
  const giving = new Set<number>();
  const gives = ({ start, final }: Automaton["nets"][number]): boolean => {
    for (let arc = arcFirst[start]!; arc < arcFirst[final]!; arc++) {
      const type = outputs[arcOutput[arc]! - 1]?.type;
      const passesOn = arcKind[arc] === ARC.call && type !== "slot";
      if (type === "value" || type === "addend") return true;
      if (passesOn && giving.has(arcLabel[arc]!)) return true;
    }
    return false;
  };
  for (let before = -1; before < giving.size; ) {
    before = giving.size;
    for (const [net, parts] of nets.entries())
      if (!giving.has(net) && gives(parts)) giving.add(net);
  }
  return giving;
}
