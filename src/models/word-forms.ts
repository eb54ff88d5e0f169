/** What the next word has to begin with. */
export type Onset = "any" | "vowel" | "consonant";

/** One way to say a word. */
export type Form = {
  /** Indices of the model's phones. */
  readonly phones: Uint8Array;
  readonly costNats: number;
  /** Said only before such a sound (liaison); then not at the end either. */
  readonly before: Onset;
};

/** All ways to say a word; none: it cannot be said. */
export type FormsOf = (word: string) => readonly Form[];
