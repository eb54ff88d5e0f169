/** How differently two sequences of phones sound, in phones. */
export type PhoneDistance = (a: readonly string[], b: readonly string[]) => number;

const MAX_PHONES = 64;

/** The same distance over numbered phones, from tables: what compares a word with thousands of others. */
export class PhoneAlignment {
  readonly #distance: PhoneDistance;
  readonly #numbers = new Map<string, number>();
  readonly #phones: string[] = [];
  /** Replacing phone a by phone b: index a · 256 + b; −1: not worked out yet. */
  readonly #replace = new Float32Array(256 * 256).fill(-1);
  readonly #gap: number[] = [];
  readonly #row = new Float32Array(MAX_PHONES + 1);

  constructor(distance: PhoneDistance) {
    this.#distance = distance;
  }

  /** A phone's number, 0 … 255. */
  number(phone: string): number {
    const known = this.#numbers.get(phone);
    if (known !== undefined) return known;
    const number = Math.min(this.#phones.length, 255);
    this.#numbers.set(phone, number);
    this.#phones.push(phone);
    this.#gap.push(this.#distance([phone], []));
    return number;
  }

  /** Distance in phones; more than `limit` may come back as Infinity. */
  distance(a: Uint8Array, b: Uint8Array, limit: number): number {
    if (a.length > MAX_PHONES || b.length > MAX_PHONES) return Infinity;
    const row = this.#row;
    row[0] = 0;
    for (let j = 0; j < b.length; j++) row[j + 1] = (row[j] ?? 0) + this.#gapOf(b[j] ?? 0);
    for (const phone of a) {
      const gap = this.#gapOf(phone);
      let diagonal: number = row[0] ?? 0;
      let least: number = diagonal + gap;
      row[0] = least;
      for (let j = 0; j < b.length; j++) {
        const other = b[j] ?? 0;
        const above = row[j + 1] ?? 0;
        const cost = Math.min(
          diagonal + this.#replaceBy(phone, other),
          above + gap,
          (row[j] ?? 0) + this.#gapOf(other),
        );
        diagonal = above;
        row[j + 1] = cost;
        if (cost < least) least = cost;
      }
      if (least > limit) return Infinity;
    }
    return row[b.length] ?? Infinity;
  }

  #gapOf(phone: number): number {
    return this.#gap[phone] ?? 1;
  }

  #replaceBy(a: number, b: number): number {
    if (a === b) return 0;
    const index = a * 256 + b;
    const known = this.#replace[index] ?? -1;
    if (known >= 0) return known;
    const distance = this.#distance([this.#phones[a] ?? ""], [this.#phones[b] ?? ""]);
    this.#replace[index] = distance;
    return distance;
  }
}
