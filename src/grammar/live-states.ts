import { ARC, type Automaton } from "./automaton.ts";

/** For each state 1 if the end of its net is reachable from it, else 0. */
export function liveStates(automaton: Automaton): Uint8Array {
  const { nets, arcFirst, arcKind, arcLabel, arcTarget } = automaton;
  const live = new Uint8Array(arcFirst.length - 1);
  for (const { final } of nets) live[final] = 1;
  for (let changed = true; changed; ) {
    changed = false;
    for (let state = live.length - 1; state >= 0; state--) {
      if (live[state]) continue;
      for (let arc = arcFirst[state]!; arc < arcFirst[state + 1]! && !live[state]; arc++) {
        const called = arcKind[arc] === ARC.call ? (nets[arcLabel[arc]!]?.start ?? 0) : state;
        if (live[arcTarget[arc]!] && (called === state || live[called])) {
          live[state] = 1;
          changed = true;
        }
      }
    }
  }
  return live;
}
