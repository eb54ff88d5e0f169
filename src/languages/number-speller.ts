/** Says whole numbers in a language. Every method returns all the ways that people use, the usual one first. */
export type NumberSpeller = {
  /** 0 … 999 */
  belowThousand(n: number): string[][];
  /** "two thousand" for 2; 1 … 999 */
  thousands(n: number): string[][];
  /** The words after the thousands; 1 … 999: "two thousand (and) five" */
  afterThousands(n: number): string[][];
  /** "twenty seven hundred" for 27; empty if nobody says so. */
  inHundreds(hundreds: number): string[][];
  million(n: number): string[];
  readonly minus: string;
  /** The digits after the decimal separator. */
  decimal(fraction: string): string[];
  /** The words after n for n + ½. */
  half(n: number): string[][];
};
