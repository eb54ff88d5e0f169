import type { Language } from "../language.ts";

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

/** A part with one entry and one exit: the root (all sentences), a shared rule, a list, a range of numbers. */
export type Net = {
  readonly name: string;
  readonly start: number;
  /** Has no outgoing arcs: reaching it returns to the caller. */
  readonly final: number;
};

export type SlotValue = string | number | boolean;

/** What taking an arc means. */
export type Output =
  /** On an arc of the root net: the path from here on is a sentence of this intent. */
  | {
      readonly type: "sentence";
      readonly intent: string;
      /** Slots that every sentence of the block has. */
      readonly slots: Readonly<Record<string, SlotValue>>;
      /** Context that must be given by the caller: key → accepted values (null: any value). */
      readonly requiresContext: Readonly<Record<string, readonly SlotValue[] | null>>;
      readonly excludesContext: Readonly<Record<string, readonly SlotValue[]>>;
      /** Context keys whose value becomes the slot of that name. */
      readonly contextSlots: readonly string[];
      /** "light_HassTurnOn.yaml:12:13" */
      readonly place: string;
    }
  /** On a call: what the net yields is the value of this slot. */
  | { readonly type: "slot"; readonly name: string }
  /** Inside a list or range: the canonical value of the entry. */
  | { readonly type: "value"; readonly value: SlotValue };

/**
 * Sentence templates compiled to one recursive automaton over words, weights in nats. Plain data: it crosses
 * threads by structured clone and serves exact matching, fuzzy alignment and the decoding of speech alike.
 *
 * Arcs of state s are numbers arcFirst[s] … arcFirst[s + 1] − 1 of the arc arrays. Net 0 is the root.
 * Lists and rules are nets of their own and never inlined; a list that a sentence restricts by context
 * (`requires_context: { domain: light }`) is compiled to a net of just the matching values, so that every
 * path through the automaton is a valid sentence once the context of its `sentence` output is met.
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
};

/** One arc of a path, in order of travel, calls before the arcs inside; returns are implied. */
export type PathStep = {
  readonly arc: number;
  /** The word heard, for `anyWord` arcs. */
  readonly word?: string;
};
