import { EarshotError } from "../../errors.ts";
import { phoneDistance } from "./phone-distance.ts";
import { type Pronunciation, rankPronunciations } from "./pronunciation.ts";
import { normaliseSpelling } from "./spelling.ts";

/**
 * Pronunciations of the user's own: word → one way or several. A way is phones of the model separated by spaces
 * between slashes ("/ɡ i f/"), words that sound like it ("jiff", "tuh may toe"), or letters ("u s a").
 */
export type UserPronunciations = Readonly<Record<string, string | readonly string[]>>;

type Pronounce = (word: string) => readonly Pronunciation[];

/**
 * Reads the `pronounce:` section of a configuration.
 * @throws EarshotError CONFIG_INVALID for a symbol that the model lacks, naming near ones, and for words that
 *   "sound like" something that cannot be pronounced
 */
export function readUserPronunciations(
  user: UserPronunciations,
  phones: readonly string[],
  pronounce: Pronounce,
): ReadonlyMap<string, readonly Pronunciation[]> {
  return new Map(
    Object.entries(user).map(([word, ways]) => {
      const list = typeof ways === "string" ? [ways] : ways;
      const forms = list.flatMap((way) => readWay(word, way, phones, pronounce));
      return [normaliseSpelling(word), rankPronunciations(forms, forms.length)];
    }),
  );
}

function readWay(
  word: string,
  way: string,
  phones: readonly string[],
  pronounce: Pronounce,
): readonly Pronunciation[] {
  const symbols = /^\/(.*)\/$/.exec(way.trim())?.[1];
  if (symbols !== undefined) {
    const said = symbols.trim().split(/\s+/);
    for (const symbol of said) checkSymbol(word, symbol, phones);
    return [{ phones: said, costNats: 0 }];
  }
  const isLetters = /^\p{L}(\s+\p{L})+$/u.test(way.trim());
  const words = isLetters ? [`${way.trim().replace(/\s+/g, ".")}.`] : way.trim().split(/\s+/);
  const parts = words.map((part) => ({ part, best: pronounce(part)[0] }));
  const silent = parts.find(({ best }) => best === undefined);
  if (silent) {
    throw invalid(word, `"${silent.part}" cannot be pronounced; write it as a word or as /phones/`);
  }
  return [{ phones: parts.flatMap(({ best }) => best?.phones ?? []), costNats: 0 }];
}

function checkSymbol(word: string, symbol: string, phones: readonly string[]): void {
  if (phones.includes(symbol) && symbol !== "_") return;
  const usable = phones.filter((phone) => phone !== "_");
  const near = nearSymbols(symbol, usable);
  throw invalid(
    word,
    symbol === ""
      ? "there are no phones between the slashes"
      : `"${symbol}" is no phone of this model; near it: ${near.join(", ")}; all: ${usable.join(" ")}`,
  );
}

/** What people write from memory of other alphabets → a symbol of the set. */
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

function invalid(word: string, message: string): EarshotError {
  return new EarshotError("CONFIG_INVALID", `pronounce: ${word}: ${message}`);
}
