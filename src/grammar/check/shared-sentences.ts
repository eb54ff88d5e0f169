import { ARC, type Automaton, type SentenceOutput, type SlotScalar } from "../automaton.ts";
import { joinWords } from "../text/join-words.ts";

/** A sentence that templates of two intents both accept. */
export type SharedSentence = {
  readonly text: string;
  readonly first: SentenceOutput;
  readonly second: SentenceOutput;
};

/** Bounds the search to about a second; the result then says that it is incomplete. */
const MAX_SETS = 40_000;
/** Stands for a word of a wildcard. */
const ANY_WORD = -1;

/** A position in one template: a state, and the stack of nets to return to. */
type Position = { readonly sentence: number; readonly state: number; readonly stack: number };
type PositionSet = {
  readonly positions: readonly Position[];
  readonly before: PositionSet | undefined;
  readonly word: number;
};

/**
 * For every two templates of different intents, the shortest sentence that both accept, if there is one and neither
 * context nor priority tells them apart. `complete` is false if the search hit its bound.
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
    let sets: PositionSet[] = [
      { positions: [{ sentence: -1, state: start, stack: -1 }], before: undefined, word: 0 },
    ];
    while (sets.length > 0 && this.#seen.size < MAX_SETS)
      sets = sets.flatMap((set) => this.#after(set));
    return { shared: [...this.#found.values()], complete: sets.length === 0 };
  }

  /** The sets reached by one more word. */
  #after(set: PositionSet): PositionSet[] {
    const { arcFirst, arcKind, arcLabel, arcTarget, nets } = this.#automaton;
    const closed = this.#close(set.positions);
    this.#note(closed, set);
    const byWord = new Map<number, Position[]>();
    for (const { sentence, state, stack } of closed) {
      // Skip words may precede and follow every template.
      if (sentence < 0 || (stack < 0 && state === nets[0]?.final)) continue;
      for (let arc = arcFirst[state]!; arc < arcFirst[state + 1]!; arc++) {
        const kind = arcKind[arc];
        if (kind !== ARC.word && kind !== ARC.anyWord) continue;
        const word = kind === ARC.word ? arcLabel[arc]! : ANY_WORD;
        const positions = byWord.get(word) ?? [];
        positions.push({ sentence, state: arcTarget[arc]!, stack });
        byWord.set(word, positions);
      }
    }
    return [...byWord].flatMap(([word, positions]) => {
      if (!this.#mayMeet(positions) || this.#seen.size >= MAX_SETS) return [];
      const key = positions.map((p) => `${p.sentence},${p.state},${p.stack}`).join(" ");
      if (this.#seen.has(key)) return [];
      this.#seen.add(key);
      return [{ positions, before: set, word }];
    });
  }

  /** Whether two intents remain for which no shared sentence is known yet. */
  #mayMeet(positions: readonly Position[]): boolean {
    const sentences = [...new Set(positions.map(({ sentence }) => sentence))];
    return sentences.some((a, i) =>
      sentences.slice(i + 1).some((b) => this.#areRivals(a, b) && !this.#found.has(pairKey(a, b))),
    );
  }

  /** All positions reachable without a word. */
  #close(positions: readonly Position[]): Position[] {
    const { arcFirst, arcKind, arcLabel, arcTarget, arcOutput, outputs, nets } = this.#automaton;
    const closed = new Map<string, Position>();
    const pending: Position[] = [];
    const offer = (position: Position): void => {
      const key = `${position.sentence},${position.state},${position.stack}`;
      if (closed.has(key)) return;
      closed.set(key, position);
      pending.push(position);
    };
    for (const position of positions) offer(position);
    for (let position = pending.pop(); position; position = pending.pop()) {
      const { state, stack } = position;
      const back = this.#stacks[stack];
      if (back && this.#finals.has(state))
        offer({ ...position, state: back.state, stack: back.below });
      for (let arc = arcFirst[state]!; arc < arcFirst[state + 1]!; arc++) {
        const output = arcOutput[arc]! - 1;
        const sentence = outputs[output]?.type === "sentence" ? output : position.sentence;
        const target = arcTarget[arc]!;
        if (arcKind[arc] === ARC.epsilon) offer({ sentence, state: target, stack });
        else if (arcKind[arc] === ARC.call && sentence >= 0) {
          const entry = nets[arcLabel[arc]!]?.start ?? 0;
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

  #note(closed: readonly Position[], set: PositionSet): void {
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

  #textOf(set: PositionSet): string {
    const words: string[] = [];
    for (let at: PositionSet | undefined = set; at?.before; at = at.before)
      words.push(at.word === ANY_WORD ? "…" : (this.#automaton.words[at.word] ?? ""));
    return joinWords(words.toReversed());
  }
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a},${b}` : `${b},${a}`;
}

/** Whether some context allows both. */
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
