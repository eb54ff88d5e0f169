import type { NumberSpeller } from "./number-speller.ts";
import type { ValueRules } from "./value-rules.ts";
import type { VariantRule } from "./variant-rule.ts";

/** A colour: the words for it, as a template, and its name in CSS. */
export type ColorName = readonly [said: string, css: string];

/** Writes a whole or decimal number ("21", "-2.5") in words. */
type SayNumber = (digits: string) => string[];

/** How the text of a language becomes words, and words become text. */
export type TextRules = {
  /** "%" → "percent". A sign that is missing here is dropped. */
  readonly symbols: Readonly<Record<string, string>>;
  /** Spellings that become another, so that templates need not list both. */
  readonly respelled: Readonly<Record<string, string>>;
  /** Between the digits of a whole number, beside spaces: "1,000"; undefined if the language uses spaces only. */
  readonly groupSeparator: string | undefined;
  /** Between the whole and the fraction, in writing. */
  readonly decimalSeparator: string;
  /** Splits a lower-case word at its elisions: "l'eau" → "l'", "eau". Drops an apostrophe that ends it otherwise. */
  readonly splitWord: (word: string) => string[];
  /** The words of "7:30" and "7h30"; `minute` has two digits. */
  readonly clock: (hour: number, minute: string, say: SayNumber) => string[];
  /** The words of "20 min": `unit` is the first letter of h, min or s. Undefined for another unit. */
  readonly count: (count: string, unit: string, say: SayNumber) => string[] | undefined;
  /** Which of the ordinals of `n` the ending of "2nd" stands for, as an index; undefined: it is no ordinal. */
  readonly ordinalEnding: (n: number, ending: string) => number | undefined;
  /**
   * Whether a word may begin a number that stands in digits: "one", "a" alone are articles more often, and "cent" after
   * "pour" is a percent sign.
   */
  readonly isNumber: (words: readonly string[], previous: string | undefined) => boolean;
  /** Spells words that sound alike so that they agree with those before them. Absent: the language has no such words. */
  readonly agree?: (words: readonly string[], isKnown: (word: string) => boolean) => string[];
};

/** Words with a part in understanding, lower case, as the automaton spells them. */
export type WordLists = {
  /** Words that carry little meaning: one more or less changes a command little. */
  readonly light: readonly string[];
  /** Question words. */
  readonly asking: readonly string[];
  /** Sounds of hesitation: "uh". */
  readonly hesitations: readonly string[];
  /** What people say while they think, beyond `hesitations`. */
  readonly fillers: readonly string[];
  /** Words that another word almost always follows. */
  readonly leading: readonly string[];
  /** Phrases between two commands. */
  readonly between: readonly string[];
  /** Phrases before a command that change nothing. A short word here would be recognised in place of commands. */
  readonly before: readonly string[];
  /** Phrases after a command that change nothing. */
  readonly after: readonly string[];
  /** Phrases before a command that negate it. */
  readonly negatedBefore: readonly string[];
  /** Words that negate a command before it or inside it. */
  readonly negations: readonly string[];
  /** Words that negate a command right after its first word; elsewhere they may mean something else ("plus"). */
  readonly negationsAfterVerb: readonly string[];
  /** Pairs of words that are never taken for each other, and prefixes that turn a word into its contrary. */
  readonly contraries: {
    readonly pairs: readonly (readonly [string, string])[];
    readonly prefixes: readonly string[];
  };
  /** Answers to a question. */
  readonly yes: readonly string[];
  readonly no: readonly string[];
  /** Stand-ins for words of any spelling in sample sentences. */
  readonly samples: readonly string[];
};

/** Numbers and values in words. */
export type SpokenValues = {
  /** Ordinals of `n` ≥ 1, the usual one first, from all ways to say `n`. */
  readonly ordinals: (n: number, ways: readonly string[][]) => string[][];
  /** Units of a duration, the longest first. */
  readonly units: readonly {
    readonly seconds: number;
    readonly one: string;
    readonly many: string;
  }[];
  /** Before the last part of a duration. */
  readonly and: string;
  /** Whether a noun is plural after this number. */
  readonly isPlural: (count: number) => boolean;
  /** The words of a count, to fit its unit: "vingt et une" heures. */
  readonly fitUnit: (words: string, unit: string) => string;
  /** A time of day, 0 … 23 and 0 … 59. */
  readonly time: (hour: number, minute: number, say: (n: number) => string) => string;
};

/** How words of the language sound. Phones are those of the speech model, separated by spaces. */
export type PronunciationRules = {
  /** Letter without accents → phones of its name. */
  readonly letterNames: Readonly<Record<string, string>>;
  /** Regular differences between the dictionary and fast speech. */
  readonly variants: readonly VariantRule[];
  /**
   * What follows an apostrophe, by the last phone before it: "kettle's". The usual form first; undefined: an unknown
   * suffix. Absent: the language has no suffixes.
   */
  readonly suffix?: (suffix: string, lastPhone: string) => readonly string[] | undefined;
  /** The singular of a plural that sounds like it; undefined: the word is none. Absent: plurals are heard. */
  readonly silentPlural?: (word: string) => string | undefined;
  /** Whether unknown words may be compounds of known ones. */
  readonly hasCompounds: boolean;
};

/** Earshot's own texts. */
export type OwnTexts = {
  /** Variants of the replies that Earshot itself gives, by key; a file of replies may replace them. */
  readonly replies: Readonly<Record<OwnReplyKey, readonly string[]>>;
  /** The skill that `earshot skills new` makes. */
  readonly newSkill: {
    /** A template with the name of the skill in it. */
    readonly sentence: (name: string) => string;
    /** A sentence of that template. */
    readonly said: (name: string) => string;
    readonly reply: (count: string) => string;
  };
};

/** Keys of the replies that every language has. */
export const OWN_REPLY_KEYS = [
  "earshot.not-understood",
  "earshot.ambiguous",
  "earshot.unhandled",
  "earshot.failed",
  "earshot.done",
] as const;
type OwnReplyKey = (typeof OWN_REPLY_KEYS)[number];

/**
 * Everything that Earshot knows of a language. To add one: write `src/languages/CODE/index.ts` with its pack, name the
 * code in `language.ts` and the pack in `packs.ts`, and put `lexicon-CODE.br`, `g2p-CODE.bin` and `bigram-CODE.gz` into
 * the folder of the speech model (training/pronunciation, training/language_model). Nothing else names a language.
 */
export type LanguagePack = {
  /** ISO 639-1: "en". */
  readonly code: string;
  readonly numbers: NumberSpeller;
  readonly values: ValueRules;
  readonly spoken: SpokenValues;
  readonly colors: readonly ColorName[];
  readonly text: TextRules;
  readonly words: WordLists;
  readonly pronunciation: PronunciationRules;
  /** Talk without a command, at least thirty sentences. */
  readonly everydayTalk: readonly string[];
  readonly own: OwnTexts;
};
