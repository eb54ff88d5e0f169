import { ARC, type Automaton, type PathStep } from "../../grammar/automaton.ts";
import { type Context, contextAllows } from "../../grammar/context.ts";
import { isOwnIntent } from "../../grammar/own-intents.ts";

/** A word heard, with its place in `words` of the automaton; null: spelt like none of them. */
export type ParsedWord = { readonly index: number | null; readonly text: string };

/** What may be meant now. */
export type Expectations = {
  readonly context?: Context | undefined;
  /** Only these intents; undefined: all. */
  readonly intents?: ReadonlySet<string> | undefined;
};

/** One way through the automaton. */
export type ParsedPath = { readonly costNats: number; readonly steps: readonly PathStep[] };

type Frame = { readonly id: number; readonly target: number; readonly parent: Frame | null };
type Trail = { readonly step: PathStep; readonly before: Trail | null };
type Place = {
  readonly state: number;
  readonly frame: Frame | null;
  /** Index of the sentence's output plus one; 0: not in a sentence yet. */
  readonly sentence: number;
  readonly costNats: number;
  readonly trail: Trail | null;
};

/**
 * All hypotheses of a sequence of words, cheapest first, one for each template that can be read so and may be
 * meant now.
 */
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
  readonly #frames = new Map<string, Frame>();

  constructor(automaton: Automaton, expected: Expectations) {
    this.#automaton = automaton;
    this.#expected = expected;
  }

  parse(words: readonly ParsedWord[]): ParsedPath[] {
    const { start, final } = this.#automaton.nets[0]!;
    let places: Place[] = [{ state: start, frame: null, sentence: 0, costNats: 0, trail: null }];
    for (const word of words) places = this.#say(word, this.#close(places));
    return this.#close(places)
      .filter((place) => place.state === final && place.frame === null)
      .map((place) => ({ costNats: place.costNats, steps: toSteps(place.trail) }))
      .toSorted((a, b) => a.costNats - b.costNats);
  }

  /** All places that are reached without a word. */
  #close(from: readonly Place[]): Place[] {
    const best = new Map<string, Place>();
    const pending: Place[] = [];
    const offer = (place: Place): void => {
      const key = `${place.state},${place.frame?.id ?? -1},${place.sentence}`;
      const known = best.get(key);
      if (known !== undefined && known.costNats <= place.costNats) return;
      best.set(key, place);
      pending.push(place);
    };
    for (const place of from) offer(place);
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
      this.#follow(place, offer);
    }
    return [...best.values()];
  }

  #follow(place: Place, offer: (place: Place) => void): void {
    const { arcFirst, arcKind, arcTarget, arcLabel, arcCost, nets } = this.#automaton;
    const { state, frame } = place;
    if (frame !== null && this.#isFinal(state)) {
      offer({ ...place, state: frame.target, frame: frame.parent });
    }
    for (let arc = arcFirst[state]!; arc < arcFirst[state + 1]!; arc++) {
      const kind = arcKind[arc];
      if (kind === ARC.word || kind === ARC.anyWord) continue;
      const sentence = this.#sentenceAfter(arc, place.sentence);
      if (sentence === undefined) continue;
      const costNats = place.costNats + arcCost[arc]!;
      const trail = { step: { arc }, before: place.trail };
      const target = arcTarget[arc]!;
      if (kind === ARC.epsilon) {
        offer({ state: target, frame, sentence, costNats, trail });
      } else {
        const entry = nets[arcLabel[arc]!]!.start;
        offer({ state: entry, frame: this.#frame(target, frame), sentence, costNats, trail });
      }
    }
  }

  #say(word: ParsedWord, places: readonly Place[]): Place[] {
    const { arcFirst, arcKind, arcTarget, arcLabel, arcCost } = this.#automaton;
    const next: Place[] = [];
    for (const place of places) {
      for (let arc = arcFirst[place.state]!; arc < arcFirst[place.state + 1]!; arc++) {
        const kind = arcKind[arc];
        if (kind !== ARC.anyWord && !(kind === ARC.word && arcLabel[arc] === word.index)) continue;
        const step = kind === ARC.word ? { arc } : { arc, word: word.text };
        next.push({
          ...place,
          state: arcTarget[arc]!,
          costNats: place.costNats + arcCost[arc]!,
          trail: { step, before: place.trail },
        });
      }
    }
    return next;
  }

  /** Undefined when the arc begins a sentence that cannot be meant. */
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

  #frame(target: number, parent: Frame | null): Frame {
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
