import {
  ARC,
  type Automaton,
  type Output,
  type PathStep,
  type SentenceOutput,
  type SlotValue,
} from "./automaton.ts";
import { joinWords } from "./text/join-words.ts";
import { toClock } from "./values/value-type.ts";

/** The meaning of one command of a path. */
export type Meaning = {
  readonly intent: string;
  readonly slots: Readonly<Record<string, SlotValue>>;
  readonly sentence: SentenceOutput;
};

export type Interpretation = Meaning & {
  /** The words of the path: "allume la lumière de l'entrée". */
  readonly text: string;
  /** The commands after the first, if the automaton takes several. */
  readonly further: readonly Meaning[];
};

export type InterpretOptions = {
  /** The caller's context, which fills the context slots of the template. */
  readonly context?: Readonly<Record<string, SlotValue>>;
  /** The text of steps `from` up to `to` as the user wrote it. @default the words of the path */
  readonly textOf?: (from: number, to: number) => string;
};

type Frame = {
  readonly final: number;
  /** The state at which the caller continues. */
  readonly target: number;
  readonly slot: (Output & { type: "slot" }) | undefined;
  readonly firstStep: number;
  value: SlotValue | undefined;
  sum: number | undefined;
};

/** Reads intent and slots off a path from the start of the root net to its end. */
export function interpretPath(
  automaton: Automaton,
  steps: readonly PathStep[],
  options: InterpretOptions = {},
): Interpretation {
  const reader = new PathReader(automaton, steps, options);
  return reader.read();
}

/** Reads the slots off a part of a path: a call and everything inside it. */
export function interpretCall(
  automaton: Automaton,
  steps: readonly PathStep[],
  options: InterpretOptions = {},
): Readonly<Record<string, SlotValue>> {
  return new PathReader(automaton, steps, options).readSlots();
}

class PathReader {
  readonly #automaton: Automaton;
  readonly #steps: readonly PathStep[];
  readonly #context: Readonly<Record<string, SlotValue>>;
  readonly #textOf: (from: number, to: number) => string;
  readonly #stack: Frame[] = [];
  readonly #said: Meaning[] = [];
  #slots: Record<string, SlotValue> = {};
  #sentence: SentenceOutput | undefined;
  #at = -1;

  constructor(automaton: Automaton, steps: readonly PathStep[], options: InterpretOptions) {
    this.#automaton = automaton;
    this.#steps = steps;
    this.#context = options.context ?? {};
    this.#textOf = options.textOf ?? ((from, to) => this.#wordsOf(from, to));
  }

  read(): Interpretation {
    this.#steps.forEach((step, i) => this.#take(step, i));
    if (this.#stack.length > 0 || this.#at !== this.#automaton.nets[0]?.final) notWhole();
    this.#endSentence();
    const [first = notWhole(), ...further] = this.#said;
    return { ...first, text: this.#wordsOf(0, this.#steps.length), further };
  }

  readSlots(): Record<string, SlotValue> {
    this.#steps.forEach((step, i) => this.#take(step, i));
    return this.#slots;
  }

  #take(step: PathStep, index: number): void {
    const { arcKind, arcLabel, arcTarget, arcOutput, outputs, nets } = this.#automaton;
    const output = outputs[arcOutput[step.arc]! - 1];
    const target = arcTarget[step.arc]!;
    if (arcKind[step.arc] === ARC.call) {
      const final = nets[arcLabel[step.arc]!]?.final ?? 0;
      const slot = output?.type === "slot" ? output : undefined;
      this.#stack.push({
        final,
        target,
        slot,
        firstStep: index + 1,
        value: undefined,
        sum: undefined,
      });
      return;
    }
    this.#note(output);
    this.#return(target, index);
  }

  #note(output: Output | undefined): void {
    const frame = this.#stack.at(-1);
    if (output?.type === "sentence") this.#sentence = output;
    else if (output?.type === "further") this.#endSentence();
    else if (output?.type === "value" && frame) frame.value = output.value;
    else if (output?.type === "addend" && frame) frame.sum = (frame.sum ?? 0) + output.value;
  }

  #endSentence(): void {
    const sentence = this.#sentence ?? notWhole();
    const slots: Record<string, SlotValue> = { ...sentence.slots };
    for (const key of sentence.contextSlots) {
      const value = this.#context[key];
      if (value !== undefined) slots[key] = value;
    }
    Object.assign(slots, this.#slots);
    this.#said.push({ intent: sentence.intent, slots, sentence });
    this.#sentence = undefined;
    this.#slots = {};
  }

  /** Returns from every net whose final state has been reached. */
  #return(reached: number, index: number): void {
    let state = reached;
    for (let frame = this.#stack.at(-1); frame?.final === state; frame = this.#stack.at(-1)) {
      this.#stack.pop();
      state = frame.target;
      if (frame.slot === undefined) this.#passOn(frame);
      else
        this.#slots[frame.slot.name] = valueOf(frame) ?? this.#textOf(frame.firstStep, index + 1);
    }
    this.#at = state;
  }

  /** A rule passes its value on to its caller: "et demie" adds to the hours before it. */
  #passOn({ value, sum }: Frame): void {
    const caller = this.#stack.at(-1);
    if (!caller) return;
    caller.value = value ?? caller.value;
    if (sum !== undefined) caller.sum = (caller.sum ?? 0) + sum;
  }

  #wordsOf(from: number, to: number): string {
    const { arcKind, arcLabel, words } = this.#automaton;
    return joinWords(
      this.#steps.slice(from, to).flatMap(({ arc, word }) => {
        if (arcKind[arc] === ARC.word) return [words[arcLabel[arc]!] ?? ""];
        return arcKind[arc] === ARC.anyWord ? [word ?? ""] : [];
      }),
    );
  }
}

function valueOf({ value, sum, slot }: Frame): SlotValue | undefined {
  if (value !== undefined || sum === undefined) return value;
  // Tenths do not add up exactly in binary floating point.
  const rounded = Math.round(sum * 1e6) / 1e6;
  return slot?.format === "clock" ? toClock(rounded) : rounded;
}

function notWhole(): never {
  throw new RangeError("The path through the automaton is incomplete");
}
