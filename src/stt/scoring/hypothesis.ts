import type { Interpretation } from "../../grammar/interpret-path.ts";
import type { HeardWord, Hypothesis } from "../search/word-history.ts";

/** A word as it is written, and the frames it was heard in. */
export type SpeltWord = Omit<HeardWord, "word"> & { readonly text: string };

/** A way to understand what was heard. */
export type Reading = Interpretation & {
  readonly hypothesis: Hypothesis;
  readonly words: readonly SpeltWord[];
  /** Which of them begin a command. */
  readonly firstWords: readonly number[];
  /** Of the path through the templates, nats. */
  readonly costNats: number;
  /**
   * How much worse the templates' own words fit than free phones, a phone: about 0.7 where they were said; up to 1 more
   * beside many frames of any words (`gapOfFixedWords`).
   */
  readonly gapNats: number;
  /** The same of the templates' own word that fits worst. */
  readonly worstWordNats: number;
  /** How much speech no word accounts for (`unclaimedNats`). */
  readonly unclaimedNats: number;
  /** Phones of the templates' own words. */
  readonly phones: number;
  /** Whether any words may be said in a part of it. */
  readonly isOpen: boolean;
  /** How surprising the words are by the templates alone: each choice among n counts log n. */
  readonly surpriseNats: number;
};
