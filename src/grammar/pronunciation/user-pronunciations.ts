import { EarshotError } from "../../errors.ts";
import { phoneDistance } from "./phone-distance.ts";
import { type Pronunciation, rankPronunciations } from "./pronunciation.ts";
import { normaliseSpelling } from "./spelling.ts";

/**
 * A way to say a word: phones of the model separated by spaces between slashes ("/ɡ i f/"), words that sound like it
 * ("jiff", "tuh may toe"), or letters ("u s a").
 */
export type UserWay = {
  readonly text: string;
  /** "names.yaml:3:8" */
  readonly place: string;
};

/** The user's own pronunciations, by the word as the automaton has it; plain data. */
export type UserPronunciations = ReadonlyMap<string, readonly UserWay[]>;

type Pronounce = (word: string) => readonly Pronunciation[];

/**
 * Converts the pronunciations of `pronounce:` to phones.
 * @throws EarshotError TEMPLATES_INVALID for a symbol that the model lacks, naming near ones, and for words that
 *   "sound like" something that cannot be pronounced
 */
export function readUserPronunciations(
  user: UserPronunciations,
  phones: readonly string[],
  pronounce: Pronounce,
): ReadonlyMap<string, readonly Pronunciation[]> {
  return new Map(
    Array.from(user, ([word, ways]) => {
      const forms = ways.map((way) => readWay(word, way, phones, pronounce));
      return [normaliseSpelling(word), rankPronunciations(forms, forms.length)];
    }),
  );
}

function readWay(
  word: string,
  { text, place }: UserWay,
  phones: readonly string[],
  pronounce: Pronounce,
): Pronunciation {
  const way = text.normalize("NFC").trim();
  const fail = (message: string): never => {
    const where = { place };
    throw new EarshotError("TEMPLATES_INVALID", `${place}: pronounce: ${word}: ${message}`, where);
  };
  const symbols = /^\/(.*)\/$/.exec(way)?.[1];
  if (symbols !== undefined) {
    const said = symbols.trim().split(/\s+/);
    const unknown = said.find((symbol) => symbol === "_" || !phones.includes(symbol));
    return unknown === undefined
      ? { phones: said, costNats: 0 }
      : fail(describeUnknown(unknown, phones));
  }
  const isLetters = /^\p{L}(\s+\p{L})+$/u.test(way);
  const words = isLetters ? [`${way.replace(/\s+/g, ".")}.`] : way.split(/\s+/);
  const parts = words.map((part) => ({ part, best: pronounce(part)[0] }));
  const silent = parts.find(({ best }) => best === undefined);
  if (silent) fail(`"${silent.part}" cannot be pronounced; write it as a word or as /phones/`);
  return { phones: parts.flatMap(({ best }) => best?.phones ?? []), costNats: 0 };
}

function describeUnknown(symbol: string, phones: readonly string[]): string {
  if (symbol === "") return "there are no phones between the slashes";
  const usable = phones.filter((phone) => phone !== "_");
  const near = nearSymbols(symbol, usable);
  return `"${symbol}" is not a phone of this model; near it: ${near.join(", ")}; all: ${usable.join(" ")}`;
}

/** Symbols of other alphabets that people write from memory → a symbol of the set. */
const LIKELY: Readonly<Record<string, string>> = {
  r: "ɹ",
  g: "ɡ",
  ɜ: "ɚ",
  ɝ: "ɚ",
  ɒ: "ɑ",
  ɾ: "t",
  əʊ: "oʊ",
  ɥ: "y",
  sh: "ʃ",
  ch: "tʃ",
  j: "dʒ",
  th: "θ",
  zh: "ʒ",
  ng: "ŋ",
};

function nearSymbols(symbol: string, phones: readonly string[]): string[] {
  const plain = symbol.replace(/[ːˈˌ.]/g, "");
  const likely = phones.includes(plain) ? plain : (LIKELY[plain] ?? LIKELY[plain.toLowerCase()]);
  const anchor = likely ?? phones.find((phone) => phone.startsWith(plain.charAt(0).toLowerCase()));
  if (anchor === undefined) return phones.slice(0, 3);
  return phones.toSorted((a, b) => phoneDistance(anchor, a) - phoneDistance(anchor, b)).slice(0, 3);
}
