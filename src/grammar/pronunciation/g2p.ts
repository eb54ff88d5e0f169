import { G2pNetwork } from "./g2p-network.ts";
import { type Pronunciation, rankPronunciations } from "./pronunciation.ts";
import { withoutAccents } from "./spelling.ts";

/** Bounds of the search: phone sequences kept, tags tried for a letter, and the log-probability below which a tag is dropped. */
const BEAM = 12;
const TAGS_PER_LETTER = 4;
const MIN_LOG_PROB = -4;
/** Longer words are accidents and have no pronunciation. */
const MAX_LETTERS = 40;

/** Pronounces unknown words by their letters. */
export class Grapheme2Phone {
  readonly #network: G2pNetwork;

  private constructor(network: G2pNetwork) {
    this.#network = network;
  }

  /** @throws EarshotError MODEL_INVALID */
  static async read(file: string): Promise<Grapheme2Phone> {
    return new Grapheme2Phone(await G2pNetwork.read(file));
  }

  /**
   * The most likely forms, cheapest first. Only letters count: an unknown letter is read without its accents, or
   * skipped. Words of more than 40 letters have no form.
   */
  pronounce(word: string, most: number): readonly Pronunciation[] {
    const letters = this.#knownLetters(word);
    const length = Array.from(letters).length;
    if (length === 0 || length > MAX_LETTERS) return [];
    const logProbs = this.#network.logProbs(letters);
    const tags = this.#network.tags;
    // phones so far → log-probability
    let beam = new Map([["", 0]]);
    for (let at = 0; at < length; at++) {
      const row = logProbs.subarray(at * tags.length, (at + 1) * tags.length);
      const doubled = at > 0 && letters[at] === letters[at - 1];
      beam = extend(beam, bestTags(row, tags), doubled);
    }
    const forms = Array.from(beam, ([phones, logProb]) => ({
      phones: phones.trim().split(/ +/).filter(Boolean),
      costNats: -logProb,
    }));
    return rankPronunciations(forms, most);
  }

  #knownLetters(word: string): string {
    return Array.from(word, (letter) => {
      if (this.#network.knows(letter)) return letter;
      const plain = withoutAccents(letter);
      return this.#network.knows(plain) ? plain : "";
    }).join("");
  }
}

type Tag = { readonly phones: string; readonly logProb: number };

function bestTags(row: Float32Array, tags: readonly string[]): Tag[] {
  return Array.from(row, (logProb, i) => ({ phones: tags[i] ?? "", logProb }))
    .filter((tag) => tag.logProb > MIN_LOG_PROB)
    .toSorted((a, b) => b.logProb - a.logProb)
    .slice(0, TAGS_PER_LETTER);
}

/**
 * Extends every path by one letter. Paths with the same phones merge, and their probabilities add up. The second of two
 * equal letters (`doubled`) does not repeat the sound of the first: the network labels each letter by itself and may
 * give the sound to both.
 */
function extend(
  beam: ReadonlyMap<string, number>,
  tags: readonly Tag[],
  doubled: boolean,
): Map<string, number> {
  const next = new Map<string, number>();
  for (const [phones, logProb] of beam) {
    for (const tag of tags) {
      const silent = tag.phones === "" || (doubled && phones.endsWith(` ${tag.phones}`));
      const longer = silent ? phones : `${phones} ${tag.phones}`;
      const path = logProb + tag.logProb;
      const known = next.get(longer);
      next.set(longer, known === undefined ? path : logAdd(known, path));
    }
  }
  if (next.size <= BEAM) return next;
  return new Map([...next].toSorted((a, b) => b[1] - a[1]).slice(0, BEAM));
}

function logAdd(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
