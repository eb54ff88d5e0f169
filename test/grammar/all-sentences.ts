import { ARC, type Automaton, type PathStep } from "../../src/grammar/automaton.ts";
import { type Interpretation, interpretPath } from "../../src/grammar/interpret-path.ts";

/** Every sentence of an automaton without wildcards, and what it means. */
export function allSentences(automaton: Automaton, limit = 5000): Interpretation[] {
  const { nets, arcFirst, arcKind, arcLabel, arcTarget } = automaton;
  const found: PathStep[][] = [];
  const walk = (state: number, returns: readonly number[], steps: readonly PathStep[]): void => {
    if (found.length >= limit) return;
    const back = returns.at(-1);
    const net = nets.find(({ final }) => final === state);
    if (net) {
      if (back === undefined) found.push([...steps]);
      else walk(back, returns.slice(0, -1), steps);
      return;
    }
    for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++) {
      const target = arcTarget[arc] ?? 0;
      const further = [...steps, { arc }];
      if (arcKind[arc] === ARC.call)
        walk(nets[arcLabel[arc] ?? 0]?.start ?? 0, [...returns, target], further);
      else walk(target, returns, further);
    }
  };
  walk(nets[0]?.start ?? 0, [], []);
  return found.map((steps) => interpretPath(automaton, steps));
}

export function allTexts(automaton: Automaton): string[] {
  return [...new Set(allSentences(automaton).map(({ text }) => text))].toSorted();
}
