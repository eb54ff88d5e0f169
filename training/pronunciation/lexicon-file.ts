/** The file of a lexicon and the forms written by hand, for the programs here that write one. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import type { Pronunciation } from "../../src/grammar/pronunciation/pronunciation.ts";
import { rankPronunciations } from "../../src/grammar/pronunciation/pronunciation.ts";
import { withoutAccents } from "../../src/grammar/pronunciation/spelling.ts";
import type { Language } from "../../src/languages/language.ts";

export const MODEL = path.resolve(import.meta.dirname, "../../models/embedded");
const SPOKEN_FORMS = path.join(import.meta.dirname, "spoken-forms.tsv");

const STEP_NATS = 0.25;
const MOST_FORMS = 8;

const phones: string[] = JSON.parse(readFileSync(path.join(MODEL, "model.json"), "utf8")).phones;
const codes = new Map(phones.map((phone, index) => [phone, String.fromCharCode(48 + index)]));

export function form(
  said: string,
  costNats: number,
  before?: "vowel" | "consonant" | "",
): Pronunciation {
  return { phones: said.split(" "), costNats, ...(before && { before }) };
}

/** What spoken-forms.tsv has for a language: its forms of a word, and whether they are all that the word has. */
export function spokenForms(
  language: Language,
): Map<string, { forms: Pronunciation[]; only: boolean }> {
  const words = new Map<string, { forms: Pronunciation[]; only: boolean }>();
  for (const line of readFileSync(SPOKEN_FORMS, "utf8").split("\n")) {
    const [of, word, cost = "", said, before] = line.split("\t");
    if (of !== language || !word || !said) continue;
    const spoken = words.get(word) ?? { forms: [], only: false };
    const condition = before === "v" ? "vowel" : before && "consonant";
    spoken.forms.push(form(said, Number(cost.replace("=", "")), condition));
    words.set(word, { ...spoken, only: spoken.only || cost.startsWith("=") });
  }
  return words;
}

/** The lines of the lexicon that is there, by their words. */
export function readLines(language: Language): Map<string, string> {
  const bytes = zlib.brotliDecompressSync(readFileSync(lexiconOf(language)));
  const [, , ...lines] = bytes.toString("latin1").trimEnd().split("\n");
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf("\t")).replaceAll("\x9c", "œ"), line]),
  );
}

/** @param lines by their words, in any order */
export function writeLines(language: Language, lines: ReadonlyMap<string, string>): void {
  const keyed = Array.from(lines, ([word, line]) => ({ key: withoutAccents(word), word, line }));
  keyed.sort((a, b) => compare(a.key, b.key) || compare(a.word, b.word));
  const text = Buffer.concat([
    Buffer.from(`earshot-lexicon 1\n${phones.join(" ")}\n`),
    Buffer.from(keyed.map(({ line }) => `${line}\n`).join(""), "latin1"),
  ]);
  const packed = zlib.brotliCompressSync(text, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_LGWIN]: 22,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
  writeFileSync(lexiconOf(language), packed);
  console.log(language, lines.size, "words", packed.length, "bytes");
}

/** The word in Windows-1252, a tab, its forms. */
export function encodeLine(word: string, forms: readonly Pronunciation[]): string {
  const encoded = rankPronunciations(forms, MOST_FORMS).map((f) => {
    const said = f.phones.map((phone) => {
      const code = codes.get(phone);
      if (!code) throw new Error(`${word}: "${phone}" is no phone of the model`);
      return code;
    });
    const steps = Math.round(f.costNats / STEP_NATS);
    const detail = `${steps || ""}${f.before?.[0] ?? ""}`;
    return said.join("") + (detail && `/${detail}`);
  });
  return `${word.replaceAll("œ", "\x9c")}\t${encoded.join(" ")}`;
}

function lexiconOf(language: Language): string {
  return path.join(MODEL, `lexicon-${language}.br`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
