/**
 * Writes models/embedded/lexicon-{en,fr}.br from the work folder: `npx tsx training/pronunciation/pack-lexicon.ts [en|fr]`.
 * The format is described in src/grammar/pronunciation/lexicon.ts.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { Grapheme2Phone } from "../../src/grammar/pronunciation/g2p.ts";
import { openPronunciation } from "../../src/grammar/pronunciation/open-pronunciation.ts";
import type { Pronunciation } from "../../src/grammar/pronunciation/pronunciation.ts";
import { withoutAccents } from "../../src/grammar/pronunciation/spelling.ts";
import { LANGUAGES, type Language } from "../../src/languages/language.ts";
import { encodeLine, form, MODEL, spokenForms, writeLines } from "./lexicon-file.ts";

const WORK = path.resolve(import.meta.dirname, "../out/pronunciation");

const BRITISH_NATS = 1;
/** Behind the forms of spoken-forms.tsv, for a French word that the voice takes for English. */
const FOREIGN_NATS = 0.5;
/** Rarer in sentences than this, a form is not worth its place. */
const HIGHEST_NATS = 2.5;
const LARGEST_ENGLISH_CLASS = 60;
const LONGEST_SHORT_WORD = 9;

type Row = { word: string; rank: number; kind: string; phones: string; extra: string };
type Spoken = Record<string, Record<string, [vowel: number, consonant: number, end: number]>>;

const languages = LANGUAGES.filter((l) => process.argv.length < 3 || process.argv.includes(l));
for (const language of languages) {
  const g2p = await Grapheme2Phone.read(path.join(MODEL, `g2p-${language}.bin`));
  const words = new Map<string, Pronunciation[]>();
  const forms = (word: string): Pronunciation[] => {
    const found = words.get(word) ?? [];
    words.set(word, found);
    return found;
  };
  const rows = readRows(language);
  const accented = new Set(
    rows.map((row) => row.word).filter((word) => withoutAccents(word) !== word).map(withoutAccents),
  );
  for (const row of rows) {
    if (isKept(language, row, g2p, accented)) forms(row.word).push(...formsOf(row));
  }
  for (const [word, heard] of Object.entries(readSpoken(language))) {
    const alone = words.get(word)?.[0]?.phones.length;
    if (alone) forms(word).push(...formsHeard(heard, alone));
  }
  for (const [word, hand] of spokenForms(language)) {
    words.set(word, [...(hand.only ? [] : forms(word)), ...hand.forms]);
  }
  const spoken = await openPronunciation({ modelDir: MODEL, language });
  for (const word of vocabulary(language)) {
    // Guessed once here and not at every start: the words that free speech is written down with.
    if (!words.has(word)) forms(word).push(...spoken.pronounce(word));
  }
  writeLines(
    language,
    new Map(Array.from(words, ([word, all]) => [word, encodeLine(word, all)])),
  );
}

function vocabulary(language: Language): string[] {
  const packed = readFileSync(path.join(MODEL, `bigram-${language}.gz`));
  const [, , ...lines] = zlib.gunzipSync(packed).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => line.split(" ")[0]!).filter((word) => /^\p{L}+$/u.test(word));
}

function readRows(language: Language): Row[] {
  const lines = readFileSync(path.join(WORK, `${language}.tsv`), "utf8").trim().split("\n");
  return lines.map((line) => {
    const [word = "", rank, kind = "", said = "", extra = ""] = line.split("\t");
    return { word, rank: Number(rank), kind, phones: said, extra };
  });
}

function readSpoken(language: Language): Spoken {
  const file = path.join(WORK, `spoken-${language}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/**
 * English: common words, and of the next class and of names those that their letters do not tell. French: words that
 * occur in text, with their accents (so that they can be found without), and of the others the short, the foreign
 * and those that would be taken for a word with accents; letters tell 97 % of the rest. Rare English words and rare
 * inflections of French verbs stay out.
 */
function isKept(language: Language, row: Row, g2p: Grapheme2Phone, accented: Set<string>): boolean {
  const { word, rank, kind, extra } = row;
  if (language === "en") {
    if (rank <= LARGEST_ENGLISH_CLASS) return true;
    const listed = rank <= 70 || kind === "name";
    return listed && g2p.pronounce(word, 1)[0]?.phones.join(" ") !== row.phones;
  }
  if (rank > 0 || kind === "name") return true;
  if (kind !== "word") return false;
  const tellable = withoutAccents(word) === word && !/['-]/.test(word) && extra === "";
  return !tellable || word.length <= LONGEST_SHORT_WORD || accented.has(word);
}

function formsOf(row: Row): Pronunciation[] {
  if (row.extra === "foreign") return [form(row.phones, FOREIGN_NATS)];
  // The voice of Received Pronunciation ends "coffee" on a lax vowel, which few people still do.
  const british = row.phones.endsWith(" i") ? row.extra.replace(/ɪ$/, "i") : row.extra;
  return [form(row.phones, 0), ...(british && british !== row.phones ? [form(british, BRITISH_NATS)] : [])];
}

/** Forms of a single phone come from a bad alignment; the true ones are in spoken-forms.tsv. */
function formsHeard(heard: Spoken[string], aloneLength: number): Pronunciation[] {
  const counts = Object.values(heard);
  const sum = (pick: (c: [number, number, number]) => number) =>
    counts.reduce((total, c) => total + pick(c), 0);
  const [vowels, consonants, all] = [sum((c) => c[0]), sum((c) => c[1]), sum((c) => c[0] + c[1] + c[2])];
  return Object.entries(heard)
    .map(([said, [vowel, consonant, end]]) => {
      const total = vowel + consonant + end;
      if (vowel >= 0.9 * total) return form(said, -Math.log(vowel / vowels), "vowel");
      if (consonant >= 0.9 * total && consonant < 0.9 * consonants) {
        return form(said, -Math.log(consonant / consonants), "consonant");
      }
      return form(said, -Math.log(total / all));
    })
    .filter((f) => f.costNats <= HIGHEST_NATS && f.phones.length >= Math.min(2, aloneLength));
}
