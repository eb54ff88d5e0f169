import { ARC, type Automaton } from "./automaton.ts";

/** 1 for states from which the end of their net can be reached. */
export function liveStates(automaton: Automaton): Uint8Array {
  const { nets, arcFirst, arcKind, arcLabel, arcTarget } = automaton;
  const live = new Uint8Array(arcFirst.length - 1);
  for (const { final } of nets) live[final] = 1;
  for (let changed = true; changed; ) {
    changed = false;
    for (let state = live.length - 1; state >= 0; state--) {
      if (live[state]) continue;
      for (
        let arc = arcFirst[state] ?? 0;
        arc < (arcFirst[state + 1] ?? 0) && !live[state];
        arc++
      ) {
        const called = arcKind[arc] === ARC.call ? (nets[arcLabel[arc] ?? 0]?.start ?? 0) : state;
        if (live[arcTarget[arc] ?? 0] && (called === state || live[called])) {
          live[state] = 1;
          changed = true;
        }
      }
    }
  }
  return live;
}
