/** UTF-16 units that a pattern is cut to: one bit each of an int32, whose sign bit stays free. */
export const MAX_PATTERN_LETTERS = 31;
/** Character codes below this have a table entry: Latin letters, and the codes that stand for phones. */
const COMMON_CODES = 0x250;

/**
 * Levenshtein distance from one pattern to many texts, by the bit-vector method of Myers (1999) in the form of
 * Hyyrö (2003): a few operations per letter of the text. A pattern longer than 31 UTF-16 units is cut.
 */
export class BitDistance {
  readonly #length: number;
  /** Per letter: a bit for every position where the pattern has it. */
  readonly #masks = new Int32Array(COMMON_CODES);
  readonly #rareMasks = new Map<number, number>();

  constructor(pattern: string) {
    this.#length = Math.min(pattern.length, MAX_PATTERN_LETTERS);
    for (let i = 0; i < this.#length; i++) {
      const code = pattern.charCodeAt(i);
      if (code < COMMON_CODES) this.#masks[code] = this.#masks[code]! | (1 << i);
      else this.#rareMasks.set(code, (this.#rareMasks.get(code) ?? 0) | (1 << i));
    }
  }

  /** Insertions, deletions and substitutions from the pattern to the text. */
  to(text: string): number {
    if (this.#length === 0) return text.length;
    const last = 1 << (this.#length - 1);
    let positive = this.#length === 32 ? -1 : (1 << this.#length) - 1;
    let negative = 0;
    let score = this.#length;
    const masks = this.#masks;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const match = (code < COMMON_CODES ? masks[code] : this.#rareMasks.get(code)) ?? 0;
      const vertical = match | negative;
      const horizontal = (((match & positive) + positive) ^ positive) | match;
      let up = negative | ~(horizontal | positive);
      let down = positive & horizontal;
      if (up & last) score++;
      if (down & last) score--;
      up = (up << 1) | 1;
      down <<= 1;
      positive = down | ~(vertical | up);
      negative = up & vertical;
    }
    return score;
  }
}
