import { EarshotError } from "../errors.ts";
import { ARC, type Automaton, type Output, type SentenceOutput } from "./automaton.ts";
import type { Language } from "../language.ts";
import { normalizeText, tokenize } from "./text/tokenize.ts";

/** The intent of a wake phrase said alone. */
export const WAKE_INTENT = "earshot.wake";

/** Saying the phrase alone is as likely as saying it with a command. */
const HALF = Math.log(2);

/**
 * The automaton of what may be said while asleep: the wake phrase alone (intent WAKE_INTENT), or the wake
 * phrase and then any sentence of `automaton`. That one becomes a net that the new root calls.
 * @throws EarshotError CONFIG_INVALID when the phrase has no words
 */
export function withWakePhrase(automaton: Automaton, phrase: string): Automaton {
  const spoken = wakeWords(phrase, automaton.language);
  if (spoken.length === 0) {
    throw new EarshotError("CONFIG_INVALID", `the wake phrase "${phrase}" has no words`);
  }
  const words = [...automaton.words];
  const labels = spoken.map((word) => {
    const known = words.indexOf(word);
    return known >= 0 ? known : words.push(word) - 1;
  });

  const [root, ...others] = automaton.nets;
  if (root === undefined) throw new RangeError("an automaton has at least its root net");
  const commands = automaton.nets.length; // index of the old root, which moves to the end
  const first = automaton.arcFirst.length - 1; // number of the first new state
  const last = first + spoken.length; // after the phrase
  const final = last + 1;
  const wakeAlone: Output = { ...SENTENCE, place: `wake phrase "${phrase}"` };
  const outputs = [...automaton.outputs, wakeAlone];
  const arcs = [
    ...labels.map((label, i) => [ARC.word, label, first + i + 1, 0, 0] as const),
    [ARC.epsilon, 0, final, HALF, outputs.length] as const,
    [ARC.call, commands, final, HALF, 0] as const,
  ];
  const before = automaton.arcKind.length;
  const column = (at: 0 | 1 | 2 | 3 | 4): number[] => arcs.map((arc) => arc[at]);
  return {
    language: automaton.language,
    words,
    nets: [{ name: "wake phrase", start: first, final }, ...others, root],
    // One arc for each word, two at the end of the phrase, none at the final state.
    arcFirst: Uint32Array.from([
      ...automaton.arcFirst,
      ...labels.map((_, i) => before + i + 1),
      before + arcs.length,
      before + arcs.length,
    ]),
    arcKind: Uint8Array.from([...automaton.arcKind, ...column(0)]),
    arcLabel: Uint32Array.from([...automaton.arcLabel, ...column(1)]),
    arcTarget: Uint32Array.from([...automaton.arcTarget, ...column(2)]),
    arcCost: Float32Array.from([...automaton.arcCost, ...column(3)]),
    arcOutput: Uint32Array.from([...automaton.arcOutput, ...column(4)]),
    outputs,
  };
}

/** The words of a wake phrase, as they are in the automaton. */
export function wakeWords(phrase: string, language: Language): string[] {
  return tokenize(normalizeText(phrase), language).map(({ word }) => word);
}

const SENTENCE: Omit<SentenceOutput, "place"> = {
  type: "sentence",
  intent: WAKE_INTENT,
  slots: {},
  requiresContext: {},
  agreesWithContext: {},
  excludesContext: {},
  contextSlots: [],
  requiredKeywords: [],
  requiredSlots: [],
  priority: 0,
};
