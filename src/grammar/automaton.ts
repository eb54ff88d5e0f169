import type { Language } from "../languages/language.ts";
import type { UserPronunciations } from "./pronunciation/user-pronunciations.ts";
import type { ValueFormat } from "./values/value-type.ts";

/** What an arc of the automaton consumes. */
export const ARC = {
  /** Nothing. */
  epsilon: 0,
  /** One word; the label is its index in `words`. */
  word: 1,
  /** A path through another net, then back to the arc's target; the label is the net's index. */
  call: 2,
  /** One word of any spelling (wildcard lists). */
  anyWord: 3,
} as const;

/** A part with one entry and one exit: the root (all templates), a shared rule, a list, a range of numbers. */
export type Net = {
  readonly name: string;
  readonly start: number;
  /** Has no outgoing arcs: reaching it returns to the caller. */
  readonly final: number;
};

export type SlotScalar = string | number | boolean;
/** A list when one word stands for several things: "blinds" for blinds and shades. */
export type SlotValue = SlotScalar | readonly SlotScalar[];

/** On an arc of the root net: the path from here on is a command of this intent. */
export type SentenceOutput = {
  readonly type: "sentence";
  readonly intent: string;
  /** Fixed slots of the block. */
  readonly slots: Readonly<Record<string, SlotValue>>;
  /** Context that the caller must give: key → accepted values; null accepts any value. */
  readonly requiresContext: Readonly<Record<string, readonly SlotScalar[] | null>>;
  /** Context that the template's lists define: a value that the caller gives must be one of these. */
  readonly agreesWithContext: Readonly<Record<string, readonly SlotScalar[]>>;
  readonly excludesContext: Readonly<Record<string, readonly SlotScalar[]>>;
  /** Context keys whose value becomes the slot of that name. */
  readonly contextSlots: readonly string[];
  /** One of these phrases must have been said; empty: no such condition. */
  readonly requiredKeywords: readonly string[];
  /** The command is rejected without these slots. */
  readonly requiredSlots: readonly string[];
  /** The higher one wins between templates that match equally well. @default 0 */
  readonly priority: number;
  /** "light_HassTurnOn.yaml:12:13" */
  readonly place: string;
};

/** The meaning of taking an arc. */
export type Output =
  | SentenceOutput
  /** On a call: the value of the net fills this slot. */
  | { readonly type: "slot"; readonly name: string; readonly format?: ValueFormat }
  /** Inside a list: the canonical value of the entry. */
  | { readonly type: "value"; readonly value: SlotValue }
  /** In the root: the command so far is complete and another one follows ("… and close the blinds"). */
  | { readonly type: "further" }
  /** Inside a number, a duration …: the addends of the path sum up to the value ("vingt" 20 + "trois" 3). */
  | { readonly type: "addend"; readonly value: number };

/**
 * Sentence templates compiled to one recursive automaton over words, weights in nats. Plain data: it crosses
 * threads by structured clone and serves exact matching, fuzzy alignment and the decoding of speech alike.
 *
 * Arcs of state s are numbers arcFirst[s] … arcFirst[s + 1] − 1 of the arc arrays. Net 0 is the root.
 * Lists and rules are nets of their own and never inlined; a list that a sentence restricts by context
 * (`requires_context: { domain: light }`) is compiled to a net of just the matching values, so that every
 * path through the automaton is a valid sentence once the context of its `sentence` output is met.
 *
 * The states of a net are contiguous and in topological order (start first, final last); the only arc that
 * goes back is an `anyWord` arc from a state to itself. Numbers are in words in the language, never in digits.
 */
export type Automaton = {
  readonly language: Language;
  /** Lower-case NFC, no spaces; an elided word keeps its apostrophe: "l'". */
  readonly words: readonly string[];
  readonly nets: readonly Net[];
  /** Length: states + 1. */
  readonly arcFirst: Uint32Array;
  /** One of ARC. */
  readonly arcKind: Uint8Array;
  readonly arcLabel: Uint32Array;
  readonly arcTarget: Uint32Array;
  /** −log weight; normalised per intent, so that one with many templates does not swallow the others. */
  readonly arcCost: Float32Array;
  /** Index into `outputs` plus one; 0: none. */
  readonly arcOutput: Uint32Array;
  readonly outputs: readonly Output[];
  /** The user's own pronunciations, including those of words that the templates lack. */
  readonly pronounce: UserPronunciations;
};

/** One arc of a path, in order of travel, calls before the arcs inside; returns are implied. */
export type PathStep = {
  readonly arc: number;
  /** The recognised word; `anyWord` arcs only. */
  readonly word?: string;
};
