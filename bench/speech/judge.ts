import type { Automaton } from "../../src/grammar/automaton.ts";
import { interpretPath } from "../../src/grammar/interpret-path.ts";
import { parseWords } from "../../src/stt/decoders/parse-words.ts";
import type { Recognition } from "../../src/stt/recognition.ts";

type Slots = Readonly<Record<string, unknown>>;

/** Results of a set of recordings, as shares in 0…1. */
export type Figures = {
  readonly recordings: number;
  /** The intent and every labelled slot are right. */
  readonly accept: number;
  /** The same without any slot that was not said. */
  readonly strict: number;
  /** Rejected, or asked about. */
  readonly rejected: number;
  /** Processing time over audio time. */
  readonly realTimeFactor: number;
};

export type Answer = { readonly intent: string | null; readonly slots: Slots };

export function answerOf({ intent }: Recognition): Answer {
  return intent === null
    ? { intent: null, slots: {} }
    : { intent: intent.name, slots: intent.slots };
}

/**
 * Parses the text of a recogniser with the templates. A text that breaks off within a phrase ("… with") counts as the
 * longest phrase it begins with.
 */
export function answerOfText(automaton: Automaton, text: string): Answer {
  const words = text.split(" ").filter((word) => word !== "");
  const parsed = words.map((word) => ({ index: automaton.words.indexOf(word), text: word }));
  for (let length = parsed.length; length > 0; length--) {
    const [path] = parseWords(automaton, parsed.slice(0, length), {});
    if (path !== undefined) return interpretPath(automaton, path.steps);
  }
  return { intent: null, slots: {} };
}

export function judge(
  answers: readonly Answer[],
  wanted: readonly Answer[],
  realTimeFactor: number,
): Figures {
  const accepted = answers.map((answer, i) => isRight(answer, wanted[i]!));
  const strict = answers.map((answer, i) => accepted[i]! && sameCount(answer, wanted[i]!));
  return {
    recordings: answers.length,
    accept: share(accepted),
    strict: share(strict),
    rejected: share(answers.map((answer) => answer.intent === null)),
    realTimeFactor,
  };
}

/** Whether the intent and every labelled slot are right. */
export function isRight(answer: Answer, wanted: Answer): boolean {
  if (answer.intent !== wanted.intent) return false;
  return Object.entries(wanted.slots).every(([name, value]) => answer.slots[name] === value);
}

function sameCount(answer: Answer, wanted: Answer): boolean {
  return Object.keys(answer.slots).length === Object.keys(wanted.slots).length;
}

function share(values: readonly boolean[]): number {
  return values.filter(Boolean).length / Math.max(1, values.length);
}
