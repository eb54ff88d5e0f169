// Letter-to-sound on the held-out words of training/pronunciation, against the synthesiser that made the training
// pronunciations (stress and length ignored), and what loading and looking up cost. Run: npm run bench -- pronunciation
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Grapheme2Phone } from "../src/grammar/pronunciation/g2p.ts";
import { Lexicon } from "../src/grammar/pronunciation/lexicon.ts";
import { openPronunciation } from "../src/grammar/pronunciation/open-pronunciation.ts";
import { concatenatePronunciations } from "../src/grammar/pronunciation/pronunciation.ts";
import { splitCompound } from "../src/grammar/pronunciation/word-parts.ts";
import { LANGUAGES, type Language } from "../src/languages/language.ts";

type Word = { readonly word: string; readonly kind: string; readonly phones: readonly string[] };
type Guess = (word: string) => readonly (readonly string[])[];

const modelDir = fileURLToPath(new URL("../models/embedded", import.meta.url));
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

for (const language of LANGUAGES) await measure(language);

async function measure(language: Language): Promise<void> {
  const words = heldOut(language);
  const sizes = ["lexicon-en.br", "g2p-en.bin"].map((file) => {
    return statSync(`${modelDir}/${file.replace("en", language)}`).size;
  });
  console.log(`\n${language}: lexicon ${sizes[0]} bytes, letters to sounds ${sizes[1]} bytes`);

  const openingMs = [];
  for (let i = 0; i < 5; i++) {
    const start = cpuMs();
    await openPronunciation({ modelDir, language });
    openingMs.push(cpuMs() - start);
  }
  console.log(
    `  opening, CPU ms: first ${fixed(openingMs[0])}, best of 5 ${fixed(Math.min(...openingMs))}`,
  );

  const g2p = await Grapheme2Phone.read(`${modelDir}/g2p-${language}.bin`);
  const byLetters: Guess = (word) => g2p.pronounce(word, 4).map((form) => form.phones);
  for (const { word } of words) byLetters(word); // lets the JIT compile it
  const start = cpuMs();
  for (const { word } of words) byLetters(word);
  console.log(`  letters to sounds: ${fixed((cpuMs() - start) / words.length)} CPU ms a word`);
  for (const kind of ["word", "name"]) {
    const some = words.filter((word) => word.kind === kind);
    report(`held-out ${kind}s`, some, byLetters);
  }
  if (language === "en") await reportCompounds(words, byLetters);

  const whole = await openPronunciation({ modelDir, language });
  const lookUp = cpuMs();
  for (const { word } of words) whole.pronounce(word);
  console.log(
    `  pronounce, lexicon included: ${fixed((cpuMs() - lookUp) / words.length)} CPU ms a word`,
  );
  report("the same words through pronounce", words, (word) =>
    whole.pronounce(word).map((form) => form.phones),
  );
}

/** Compares, for held-out compounds of two known words, the pronunciation from the parts with that from the letters. */
async function reportCompounds(words: readonly Word[], byLetters: Guess): Promise<void> {
  const lexicon = await Lexicon.read(`${modelDir}/lexicon-en.br`);
  const parts = (word: string) => splitCompound(word, (part) => lexicon.has(part));
  const compounds = words.filter(({ word }) => parts(word));
  report("compounds from their letters", compounds, byLetters);
  report("compounds from their parts", compounds, (word) => {
    const [first = "", second = ""] = parts(word) ?? [];
    const forms = [lexicon.find(first) ?? [], lexicon.find(second) ?? []] as const;
    return concatenatePronunciations(...forms).map((form) => form.phones);
  });
}

function report(title: string, words: readonly Word[], guess: Guess): void {
  let [phones, errors, wrong, wrongOfAll] = [0, 0, 0, 0];
  for (const word of words) {
    const guesses = guess(word.word);
    const mistakes = guesses.map((said) => distance(said, word.phones));
    phones += word.phones.length;
    errors += mistakes[0] ?? word.phones.length;
    if (mistakes[0] !== 0) wrong += 1;
    if (!mistakes.includes(0)) wrongOfAll += 1;
  }
  console.log(
    `  ${title} (${words.length}): phone errors ${share(errors, phones)}, words wrong ${share(wrong, words.length)}, not among the forms ${share(wrongOfAll, words.length)}`,
  );
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function heldOut(language: Language): Word[] {
  const file = new URL(`../training/pronunciation/heldout-${language}.tsv`, import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [word = "", kind = "", phones = ""] = line.split("\t");
    return { word, kind, phones: phones.split(" ") };
  });
}

function distance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, x] of a.entries()) {
    const next = [i + 1];
    for (const [j, y] of b.entries()) {
      const replaced = (row[j] ?? 0) + (x === y ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function fixed(value: number | undefined): string {
  return (value ?? Number.NaN).toFixed(2);
}
