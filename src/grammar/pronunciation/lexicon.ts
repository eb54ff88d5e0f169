import { readFile } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { EarshotError } from "../../errors.ts";
import type { Pronunciation } from "./pronunciation.ts";
import { withoutAccents } from "./spelling.ts";

const COST_STEP_NATS = 0.25;
const FIRST_CODE = "0".charCodeAt(0);
const MAGIC = "earshot-lexicon 1";

/**
 * Words with their pronunciations, from a file of models/ (lexicon-en.br).
 *
 * The file is Brotli-compressed. Two lines of UTF-8: `earshot-lexicon 1` and the phones separated by spaces.
 * Then, in Windows-1252 (one byte a letter, so that it decodes at once), a word a line in the order of its
 * letters without accents: `word TAB form SPACE form …`. A form is one sign a phone ("0" + index), then
 * optionally `/`, its cost in quarters of a nat, and "v" or "c" (only before a vowel or a consonant). Searched
 * as it is: nothing is built at loading.
 */
export class Lexicon {
  readonly phones: readonly string[];
  readonly #text: string;

  private constructor(phones: readonly string[], text: string) {
    this.phones = phones;
    this.#text = text;
  }

  /** @throws EarshotError MODEL_INVALID if the file is missing or no lexicon */
  static async read(file: string): Promise<Lexicon> {
    try {
      const bytes = brotliDecompressSync(await readFile(file));
      const headerEnd = bytes.indexOf("\n", MAGIC.length + 1);
      const [magic, phones = ""] = bytes.toString("utf8", 0, headerEnd).split("\n");
      if (magic !== MAGIC) throw new Error(`it begins with "${magic}"`);
      return new Lexicon(phones.split(" "), bytes.toString("latin1", headerEnd + 1));
    } catch (cause) {
      const message = `${file} is not a lexicon that this version reads; reinstall the model`;
      throw new EarshotError("MODEL_INVALID", message, { cause });
    }
  }

  /** The pronunciations of exactly this spelling, or undefined. */
  find(word: string): Pronunciation[] | undefined {
    const line = this.#linesAlike(word).find((candidate) => wordOf(candidate) === word);
    return line === undefined ? undefined : this.#parse(line);
  }

  has(word: string): boolean {
    return this.#linesAlike(word).some((line) => wordOf(line) === word);
  }

  /** All words with these letters, whatever their accents. */
  findAlike(word: string): string[] {
    return this.#linesAlike(word).map(wordOf);
  }

  #linesAlike(word: string): string[] {
    const key = withoutAccents(word);
    const text = this.#text;
    let low = 0;
    let high = text.length;
    // Invariant: `low` is the start of a line; lines before it are smaller, lines from `high` on are not.
    while (low < high) {
      const middle = Math.max(low, text.lastIndexOf("\n", (low + high) >> 1) + 1);
      const next = text.indexOf("\n", middle) + 1;
      if (withoutAccents(wordOf(text.slice(middle, next))) < key) low = next;
      else if (middle === low) break;
      else high = middle;
    }
    const lines: string[] = [];
    for (let at = low; at < text.length; ) {
      const end = text.indexOf("\n", at);
      const line = text.slice(at, end);
      if (withoutAccents(wordOf(line)) !== key) break;
      lines.push(line);
      at = end + 1;
    }
    return lines;
  }

  #parse(line: string): Pronunciation[] {
    const forms = line.slice(line.indexOf("\t") + 1).split(" ");
    return forms.map((form) => {
      const [codes = "", detail = ""] = form.split("/");
      const before = detail.endsWith("v")
        ? "vowel"
        : detail.endsWith("c")
          ? "consonant"
          : undefined;
      return {
        phones: Array.from(codes, (code) => this.phones[code.charCodeAt(0) - FIRST_CODE] ?? ""),
        costNats: (Number.parseInt(detail, 10) || 0) * COST_STEP_NATS,
        ...(before && { before }),
      };
    });
  }
}

function wordOf(line: string): string {
  return fromWindows1252(line.slice(0, line.indexOf("\t")));
}

/** The two letters of the lexicons' words that Latin-1 decoding gets wrong. */
function fromWindows1252(word: string): string {
  return word.replaceAll("\x9c", "œ").replaceAll("\x9f", "ÿ");
}
