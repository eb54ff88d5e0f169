import { ARC, type Automaton, type SentenceOutput, type SlotScalar } from "../automaton.ts";
import { joinWords } from "../text/join-words.ts";

/** A sentence that templates of two intents accept. */
export type SharedSentence = {
  readonly text: string;
  readonly first: SentenceOutput;
  readonly second: SentenceOutput;
};

/** More sets of places than this are not looked at. */
const MOST_SETS = 40_000;
/** Stands for the words of a wildcard, which two sentences may both have in the same place. */
const ANY_WORD = -1;

/** A place on the way through one sentence: a state, and where to go on after the nets entered. */
type Place = { readonly sentence: number; readonly state: number; readonly stack: number };
type PlaceSet = {
  readonly places: readonly Place[];
  readonly before: PlaceSet | undefined;
  readonly word: number;
};

/**
 * For every two templates of different intents, the shortest sentence that both accept, if there is one and neither
 * context nor priority tells them apart. `complete`: false when the templates are too many to look at all.
 */
export function findSharedSentences(automaton: Automaton): {
  readonly shared: readonly SharedSentence[];
  readonly complete: boolean;
} {
  return new SharedSentenceSearch(automaton).run();
}

class SharedSentenceSearch {
  readonly #automaton: Automaton;
  readonly #found = new Map<string, SharedSentence>();
  readonly #seen = new Set<string>();
  readonly #finals: ReadonlySet<number>;
  readonly #stacks: { readonly state: number; readonly below: number }[] = [];
  readonly #stackIds = new Map<string, number>();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#finals = new Set(automaton.nets.map(({ final }) => final));
  }

  run(): { shared: SharedSentence[]; complete: boolean } {
    const start = this.#automaton.nets[0]?.start ?? 0;
    let sets: PlaceSet[] = [
      { places: [{ sentence: -1, state: start, stack: -1 }], before: undefined, word: 0 },
    ];
    while (sets.length > 0 && this.#seen.size < MOST_SETS)
      sets = sets.flatMap((set) => this.#after(set));
    return { shared: [...this.#found.values()], complete: sets.length === 0 };
  }

  /** The sets that one more word leads to. */
  #after(set: PlaceSet): PlaceSet[] {
    const { arcFirst, arcKind, arcLabel, arcTarget, nets } = this.#automaton;
    const closed = this.#close(set.places);
    this.#note(closed, set);
    const byWord = new Map<number, Place[]>();
    for (const { sentence, state, stack } of closed) {
      // Words that have no meaning may be before and after everything.
      if (sentence < 0 || (stack < 0 && state === nets[0]?.final)) continue;
      for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++) {
        const kind = arcKind[arc];
        if (kind !== ARC.word && kind !== ARC.anyWord) continue;
        const word = kind === ARC.word ? (arcLabel[arc] ?? 0) : ANY_WORD;
        const places = byWord.get(word) ?? [];
        places.push({ sentence, state: arcTarget[arc] ?? 0, stack });
        byWord.set(word, places);
      }
    }
    return [...byWord].flatMap(([word, places]) => {
      if (!this.#mayMeet(places) || this.#seen.size >= MOST_SETS) return [];
      const key = places.map((p) => `${p.sentence},${p.state},${p.stack}`).join(" ");
      if (this.#seen.has(key)) return [];
      this.#seen.add(key);
      return [{ places, before: set, word }];
    });
  }

  /** Whether two intents are left, of which no shared sentence is known yet. */
  #mayMeet(places: readonly Place[]): boolean {
    const sentences = [...new Set(places.map(({ sentence }) => sentence))];
    return sentences.some((a, i) =>
      sentences.slice(i + 1).some((b) => this.#areRivals(a, b) && !this.#found.has(pairKey(a, b))),
    );
  }

  /** All places that are reached without a word. */
  #close(places: readonly Place[]): Place[] {
    const { arcFirst, arcKind, arcLabel, arcTarget, arcOutput, outputs, nets } = this.#automaton;
    const closed = new Map<string, Place>();
    const pending: Place[] = [];
    const offer = (place: Place): void => {
      const key = `${place.sentence},${place.state},${place.stack}`;
      if (closed.has(key)) return;
      closed.set(key, place);
      pending.push(place);
    };
    for (const place of places) offer(place);
    for (let place = pending.pop(); place; place = pending.pop()) {
      const { state, stack } = place;
      const back = this.#stacks[stack];
      if (back && this.#finals.has(state))
        offer({ ...place, state: back.state, stack: back.below });
      for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++) {
        const output = (arcOutput[arc] ?? 0) - 1;
        const sentence = outputs[output]?.type === "sentence" ? output : place.sentence;
        const target = arcTarget[arc] ?? 0;
        if (arcKind[arc] === ARC.epsilon) offer({ sentence, state: target, stack });
        else if (arcKind[arc] === ARC.call && sentence >= 0) {
          const entry = nets[arcLabel[arc] ?? 0]?.start ?? 0;
          offer({ sentence, state: entry, stack: this.#push(target, stack) });
        }
      }
    }
    return [...closed.values()];
  }

  #push(state: number, below: number): number {
    const key = `${state},${below}`;
    const known = this.#stackIds.get(key);
    if (known !== undefined) return known;
    const id = this.#stacks.push({ state, below }) - 1;
    this.#stackIds.set(key, id);
    return id;
  }

  #note(closed: readonly Place[], set: PlaceSet): void {
    const final = this.#automaton.nets[0]?.final;
    const ended = closed.filter(({ state, stack }) => state === final && stack < 0);
    const sentences = [...new Set(ended.map(({ sentence }) => sentence))].toSorted((a, b) => a - b);
    sentences.forEach((a, i) => {
      for (const b of sentences.slice(i + 1)) {
        const [first, second] = [this.#output(a), this.#output(b)];
        if (!first || !second || !this.#areRivals(a, b) || this.#found.has(pairKey(a, b))) continue;
        this.#found.set(pairKey(a, b), { text: this.#textOf(set), first, second });
      }
    });
  }

  #areRivals(a: number, b: number): boolean {
    const [first, second] = [this.#output(a), this.#output(b)];
    if (!first || !second || first.intent === second.intent) return false;
    return first.priority === second.priority && meetInContext(first, second);
  }

  #output(sentence: number): SentenceOutput | undefined {
    const output = this.#automaton.outputs[sentence];
    return output?.type === "sentence" ? output : undefined;
  }

  #textOf(set: PlaceSet): string {
    const words: string[] = [];
    for (let at: PlaceSet | undefined = set; at?.before; at = at.before)
      words.push(at.word === ANY_WORD ? "…" : (this.#automaton.words[at.word] ?? ""));
    return joinWords(words.toReversed());
  }
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a},${b}` : `${b},${a}`;
}

/** Whether there is a context in which both may be meant. */
function meetInContext(a: SentenceOutput, b: SentenceOutput): boolean {
  return !excludes(a, b) && !excludes(b, a);
}

function excludes(a: SentenceOutput, b: SentenceOutput): boolean {
  const asked = { ...a.requiresContext, ...a.agreesWithContext };
  return Object.entries(asked).some(([key, accepted]) => {
    if (accepted === null) return false;
    const others = b.requiresContext[key] ?? b.agreesWithContext[key];
    const excluded = b.excludesContext[key] ?? [];
    const left = accepted.filter((value) => !excluded.includes(value));
    return left.length === 0 || (others ? !left.some((value) => has(others, value)) : false);
  });
}

function has(values: readonly SlotScalar[], value: SlotScalar): boolean {
  return values.includes(value);
}
