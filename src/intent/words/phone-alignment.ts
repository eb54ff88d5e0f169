/** How differently two sequences of phones sound: 1 for one phone more, or for another unlike phone. */
export type PhoneDistance = (a: readonly string[], b: readonly string[]) => number;

/** Bounds the table row; longer sequences are never near. */
const MAX_PHONES = 64;
/** Phones are numbered in a byte. */
const MAX_PHONE_NUMBER = 255;

/** A phone distance over numbered phones, from tables: fast enough to compare a word with thousands of others. */
export class PhoneAlignment {
  readonly #distance: PhoneDistance;
  readonly #numbers = new Map<string, number>();
  readonly #phones: string[] = [];
  /** Distance of phone a and phone b at index a · 256 + b; −1 until it is needed. */
  readonly #replace = new Float32Array((MAX_PHONE_NUMBER + 1) ** 2).fill(-1);
  readonly #gap: number[] = [];
  readonly #row = new Float32Array(MAX_PHONES + 1);

  constructor(distance: PhoneDistance) {
    this.#distance = distance;
  }

  /** A phone's number, 0 … 255. */
  number(phone: string): number {
    const known = this.#numbers.get(phone);
    if (known !== undefined) return known;
    const number = Math.min(this.#phones.length, MAX_PHONE_NUMBER);
    this.#numbers.set(phone, number);
    this.#phones.push(phone);
    this.#gap.push(this.#distance([phone], []));
    return number;
  }

  /** Distance in phones; a distance above `limit` may come back as Infinity. */
  distance(a: Uint8Array, b: Uint8Array, limit: number): number {
    if (a.length > MAX_PHONES || b.length > MAX_PHONES) return Infinity;
    const row = this.#row;
    row[0] = 0;
    for (let j = 0; j < b.length; j++) row[j + 1] = row[j]! + this.#gap[b[j]!]!;
    for (const phone of a) {
      const gap = this.#gap[phone]!;
      let diagonal: number = row[0];
      let lowest: number = diagonal + gap;
      row[0] = lowest;
      for (let j = 0; j < b.length; j++) {
        const other = b[j]!;
        const above = row[j + 1]!;
        const cost = Math.min(
          diagonal + this.#replaceBy(phone, other),
          above + gap,
          row[j]! + this.#gap[other]!,
        );
        diagonal = above;
        row[j + 1] = cost;
        if (cost < lowest) lowest = cost;
      }
      if (lowest > limit) return Infinity;
    }
    return row[b.length]!;
  }

  #replaceBy(a: number, b: number): number {
    if (a === b) return 0;
    const index = a * (MAX_PHONE_NUMBER + 1) + b;
    const known = this.#replace[index]!;
    if (known >= 0) return known;
    const distance = this.#distance([this.#phones[a]!], [this.#phones[b]!]);
    this.#replace[index] = distance;
    return distance;
  }
}
