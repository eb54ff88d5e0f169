import { ARC, type Automaton } from "./automaton.ts";

const SLOT = 0.004;
const LITERAL = 0.0005;
const GENERAL = 0.001;

/**
 * For every arc a small cost that chooses between readings of the same words: the one with fewer slots, with more of
 * its words inside them ("bedroom lamp" is the lamp of that name, not a lamp in the bedroom), and of a sentence that
 * asks for more context.
 */
export function arcPreferences(automaton: Automaton): Float32Array {
  const { nets, arcFirst, arcKind, arcOutput, outputs } = automaton;
  const preferences = new Float32Array(arcKind.length);
  const giving = netsThatGiveValues(automaton);
  for (const [net, { start, final }] of nets.entries()) {
    const [first, last] = [arcFirst[start] ?? 0, arcFirst[final] ?? 0];
    for (let arc = first; arc < last; arc++) {
      const output = outputs[(arcOutput[arc] ?? 0) - 1];
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

/** Nets that say a value, or a part of one that their callers add to. */
export function netsThatGiveValues(automaton: Automaton): ReadonlySet<number> {
  const { nets, arcFirst, arcKind, arcLabel, arcOutput, outputs } = automaton;
  const giving = new Set<number>();
  const gives = ({ start, final }: Automaton["nets"][number]): boolean => {
    for (let arc = arcFirst[start] ?? 0; arc < (arcFirst[final] ?? 0); arc++) {
      const type = outputs[(arcOutput[arc] ?? 0) - 1]?.type;
      const passesOn = arcKind[arc] === ARC.call && type !== "slot";
      if (type === "value" || type === "addend") return true;
      if (passesOn && giving.has(arcLabel[arc] ?? 0)) return true;
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
