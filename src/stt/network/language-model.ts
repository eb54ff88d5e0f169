import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { EarshotError } from "../../errors.ts";
import type { Language } from "../../languages/language.ts";

/** The word that stands for the beginning and the end of an utterance. */
export const EDGE = 0;

/** A bigram model with backoff; costs are negative log-probabilities, nats. */
export type LanguageModel = {
  readonly words: readonly string[];
  readonly unigramCost: Float32Array;
  /** Cost of a word after which the next is not among its pairs. */
  readonly backoffCost: Float32Array;
  /** Pairs that begin with word w are numbers pairFirst[w] … pairFirst[w + 1] − 1. */
  readonly pairFirst: Uint32Array;
  readonly pairWord: Uint32Array;
  readonly pairCost: Float32Array;
};

const HEADER = "earshot-bigram 1";
const COSTS_PER_NAT = 10;
const WORD_RADIX = 36;

/** Whether a model folder has a vocabulary for free speech in a language. */
export function hasLanguageModel(dir: string, language: Language): boolean {
  return existsSync(fileIn(dir, language));
}

/**
 * Reads bigram-LANGUAGE.gz of a model folder: a line per word with its costs and what may follow it, as
 * training/language_model/build.py writes it.
 * @throws EarshotError MODEL_INVALID
 */
export async function readLanguageModel(dir: string, language: Language): Promise<LanguageModel> {
  const file = fileIn(dir, language);
  if (!hasLanguageModel(dir, language)) {
    const message = `${dir} cannot write down free speech: bigram-${language}.gz is missing`;
    throw new EarshotError("MODEL_INVALID", message);
  }
  try {
    const bytes = await promisify(gunzip)(await readFile(file));
    return parse(bytes.toString("utf8"));
  } catch (cause) {
    const message = `${file} is not a list of words that this version reads; reinstall the model`;
    throw new EarshotError("MODEL_INVALID", message, { cause });
  }
}

/** Cost of a word after another, or of the word alone without one, nats. */
export function costAfter(model: LanguageModel, before: number | undefined, word: number): number {
  const alone = model.unigramCost[word]!;
  if (before === undefined) return alone;
  const { pairFirst, pairWord, pairCost, backoffCost } = model;
  for (let i = pairFirst[before]!; i < pairFirst[before + 1]!; i++)
    if (pairWord[i] === word) return pairCost[i]!;
  return backoffCost[before]! + alone;
}

function fileIn(dir: string, language: Language): string {
  return path.join(dir, `bigram-${language}.gz`);
}

function parse(text: string): LanguageModel {
  const [header, ...lines] = text.trimEnd().split("\n");
  if (header !== HEADER) throw new Error(`the header is not "${HEADER}"`);
  const rows = lines.map((line) => line.split(" "));
  const pairFirst = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) pairFirst[i + 1] = pairFirst[i]! + row.length - 3;
  const pairs = rows.flatMap((row) => row.slice(3).map((field) => field.split(":")));
  return {
    words: rows.map((row) => row[0]!),
    unigramCost: Float32Array.from(rows, (row) => toCost(row[1])),
    backoffCost: Float32Array.from(rows, (row) => toCost(row[2])),
    pairFirst,
    pairWord: Uint32Array.from(pairs, ([word = ""]) => Number.parseInt(word, WORD_RADIX)),
    pairCost: Float32Array.from(pairs, ([, cost]) => toCost(cost)),
  };
}

function toCost(field = ""): number {
  const cost = Number.parseInt(field, 10) / COSTS_PER_NAT;
  if (Number.isNaN(cost)) throw new Error(`"${field}" is not a cost`);
  return cost;
}
