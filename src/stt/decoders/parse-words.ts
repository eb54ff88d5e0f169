import { ARC, type Automaton, type PathStep } from "../../grammar/automaton.ts";
import { type Context, contextAllows } from "../../grammar/context.ts";
import { isOwnIntent } from "../../grammar/own-intents.ts";

/** A written word and its index in the automaton's `words`; null for a word that these lack. */
export type ParsedWord = { readonly index: number | null; readonly text: string };

/** Restricts what may be meant. */
export type Expectations = {
  readonly context?: Context | undefined;
  /** The intents that may be meant; undefined stands for all. */
  readonly intents?: ReadonlySet<string> | undefined;
};

/** A path through the automaton that reads the words. */
export type ParsedPath = { readonly costNats: number; readonly steps: readonly PathStep[] };

/** A call of a net that is not finished: the state to return to, and the call around it. */
type CallFrame = {
  readonly id: number;
  readonly target: number;
  readonly parent: CallFrame | null;
};
/** The path so far, last step first. */
type Trail = { readonly step: PathStep; readonly before: Trail | null };
type ParseState = {
  readonly state: number;
  readonly frame: CallFrame | null;
  /** Index of the phrase's output plus one; 0 before a phrase begins. */
  readonly sentence: number;
  readonly costNats: number;
  readonly trail: Trail | null;
};

/** All paths that read a sequence of words, cheapest first: one for each template that has them and that may be meant. */
export function parseWords(
  automaton: Automaton,
  words: readonly ParsedWord[],
  expected: Expectations,
): ParsedPath[] {
  return new WordParser(automaton, expected).parse(words);
}

class WordParser {
  readonly #automaton: Automaton;
  readonly #expected: Expectations;
  readonly #frames = new Map<string, CallFrame>();

  constructor(automaton: Automaton, expected: Expectations) {
    this.#automaton = automaton;
    this.#expected = expected;
  }

  parse(words: readonly ParsedWord[]): ParsedPath[] {
    const { start, final } = this.#automaton.nets[0]!;
    let states: ParseState[] = [
      { state: start, frame: null, sentence: 0, costNats: 0, trail: null },
    ];
    for (const word of words) states = this.#read(word, this.#close(states));
    return this.#close(states)
      .filter((at) => at.state === final && at.frame === null)
      .map((at) => ({ costNats: at.costNats, steps: toSteps(at.trail) }))
      .toSorted((a, b) => a.costNats - b.costNats);
  }

  /** All states that are reached from these without a word. */
  #close(from: readonly ParseState[]): ParseState[] {
    const best = new Map<string, ParseState>();
    const pending: ParseState[] = [];
    const offer = (at: ParseState): void => {
      const key = `${at.state},${at.frame?.id ?? -1},${at.sentence}`;
      const known = best.get(key);
      if (known !== undefined && known.costNats <= at.costNats) return;
      best.set(key, at);
      pending.push(at);
    };
    for (const at of from) offer(at);
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      this.#follow(at, offer);
    }
    return [...best.values()];
  }

  #follow(at: ParseState, offer: (at: ParseState) => void): void {
    const { arcFirst, arcKind, arcTarget, arcLabel, arcCost, nets } = this.#automaton;
    const { state, frame } = at;
    if (frame !== null && this.#isFinal(state)) {
      offer({ ...at, state: frame.target, frame: frame.parent });
    }
    for (let arc = arcFirst[state]!; arc < arcFirst[state + 1]!; arc++) {
      const kind = arcKind[arc];
      if (kind === ARC.word || kind === ARC.anyWord) continue;
      const sentence = this.#sentenceAfter(arc, at.sentence);
      if (sentence === undefined) continue;
      const costNats = at.costNats + arcCost[arc]!;
      const trail = { step: { arc }, before: at.trail };
      const target = arcTarget[arc]!;
      if (kind === ARC.epsilon) {
        offer({ state: target, frame, sentence, costNats, trail });
      } else {
        const entry = nets[arcLabel[arc]!]!.start;
        offer({ state: entry, frame: this.#frame(target, frame), sentence, costNats, trail });
      }
    }
  }

  #read(word: ParsedWord, states: readonly ParseState[]): ParseState[] {
    const { arcFirst, arcKind, arcTarget, arcLabel, arcCost } = this.#automaton;
    const next: ParseState[] = [];
    for (const at of states) {
      for (let arc = arcFirst[at.state]!; arc < arcFirst[at.state + 1]!; arc++) {
        const kind = arcKind[arc];
        if (kind !== ARC.anyWord && !(kind === ARC.word && arcLabel[arc] === word.index)) continue;
        const step = kind === ARC.word ? { arc } : { arc, word: word.text };
        next.push({
          ...at,
          state: arcTarget[arc]!,
          costNats: at.costNats + arcCost[arc]!,
          trail: { step, before: at.trail },
        });
      }
    }
    return next;
  }

  /** The phrase after an arc; undefined if the arc begins one that may not be meant. */
  #sentenceAfter(arc: number, sentence: number): number | undefined {
    const index = this.#automaton.arcOutput[arc]!;
    const output = index === 0 ? undefined : this.#automaton.outputs[index - 1];
    if (output?.type !== "sentence") return sentence;
    const { context = {}, intents } = this.#expected;
    const isExpected = intents === undefined || intents.has(output.intent);
    if (!isExpected && !isOwnIntent(output.intent)) return undefined;
    return contextAllows(output, context) ? index : undefined;
  }

  #isFinal(state: number): boolean {
    this.#finals ??= new Set(this.#automaton.nets.map((net) => net.final));
    return this.#finals.has(state);
  }

  #finals: Set<number> | undefined;

  #frame(target: number, parent: CallFrame | null): CallFrame {
    const key = `${target},${parent?.id ?? -1}`;
    let frame = this.#frames.get(key);
    if (frame === undefined) {
      frame = { id: this.#frames.size, target, parent };
      this.#frames.set(key, frame);
    }
    return frame;
  }
}

function toSteps(last: Trail | null): PathStep[] {
  const steps: PathStep[] = [];
  for (let trail = last; trail !== null; trail = trail.before) steps.push(trail.step);
  return steps.toReversed();
}
