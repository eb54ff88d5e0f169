/** The sound that the next word has to begin with. */
export type Onset = "any" | "vowel" | "consonant";

/** One pronunciation of a word. */
export type Form = {
  /** Indices of the model's phones. */
  readonly phones: Uint8Array;
  /** 0 for the likeliest form, nats. */
  readonly costNats: number;
  /** The form is said only before such a sound (liaison), and unless "any" not at the end of a phrase. */
  readonly before: Onset;
};

/** The forms of a word; empty for one without a pronunciation. */
export type FormsOf = (word: string) => readonly Form[];
