import type { Language } from "../../languages/language.ts";
import type { SlotScalar, SlotValue } from "../automaton.ts";
import type { UserPronunciations } from "../pronunciation/user-pronunciations.ts";
import type { ValueType } from "../values/value-type.ts";
import type { Expression, NumberRange } from "./expression.ts";

/** A template; `at` gives the place of one of its characters: "lights.yaml:12:5". */
export type Template = {
  readonly text: string;
  readonly expression: Expression;
  readonly at: (offset: number) => string;
};

export type ListEntry = {
  /** What people say. */
  readonly said: Template;
  /** The value it stands for; undefined: the words said. */
  readonly value: SlotValue | undefined;
  /** Properties that sentences may require or exclude: { domain: "light" }. */
  readonly context: Readonly<Record<string, SlotScalar>>;
};

export type List =
  | { readonly type: "values"; readonly entries: readonly ListEntry[] }
  | { readonly type: "range"; readonly range: NumberRange }
  /** Every way of the language to say a value of this type. */
  | { readonly type: "value"; readonly of: ValueType }
  | { readonly type: "wildcard" };

export type Rules = ReadonlyMap<string, Template>;
export type Lists = ReadonlyMap<string, List>;

/** Templates of one intent that share slots and conditions. */
export type Block = {
  readonly intent: string;
  readonly sentences: readonly Template[];
  readonly slots: Readonly<Record<string, SlotValue>>;
  readonly requiresContext: Readonly<Record<string, readonly SlotScalar[] | null>>;
  readonly contextSlots: readonly string[];
  readonly excludesContext: Readonly<Record<string, readonly SlotScalar[]>>;
  readonly requiredKeywords: readonly string[];
  readonly requiredSlots: readonly string[];
  readonly priority: number;
  /** Rules and lists of this block alone; they hide others of the same name. */
  readonly rules: Rules;
  readonly lists: Lists;
};

/** All templates that were read, ready for `compileAutomaton`. */
export type Templates = {
  readonly language: Language;
  readonly blocks: readonly Block[];
  readonly rules: Rules;
  readonly lists: Lists;
  /** The user's own pronunciations. */
  readonly pronounce: UserPronunciations;
  /** Phrases without meaning ("please"), which may precede or follow a command. */
  readonly skipWords: readonly string[];
  /** Phrases that the classifier is trained on, beyond what templates list. */
  readonly examples: readonly Block[];
  /** Sentences that must be rejected. */
  readonly negatives: readonly string[];
};
