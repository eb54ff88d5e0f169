import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Example } from "../../src/intent/classifier/linear-classifier.ts";
import { DATA } from "./home-assistant-tests.ts";

/** A public set of sentences with intents. `goal` is the share that must be right. */
export type PhraseSet = {
  readonly name: string;
  readonly train: string;
  readonly test: string;
  /** Sentences without an intent. */
  readonly strangers?: string;
  readonly goal: number;
};

const FOLDER = path.join(DATA, "nlu");

export const PHRASE_SETS: readonly PhraseSet[] = [
  { name: "snips", train: "snips/train.tsv", test: "snips/test.tsv", goal: 97.7 },
  { name: "banking77", train: "banking77/train.tsv", test: "banking77/test.tsv", goal: 91.5 },
  { name: "hwu64", train: "hwu64/train.tsv", test: "hwu64/valid.tsv", goal: 89 },
  {
    name: "clinc150",
    train: "clinc150/train.tsv",
    test: "clinc150/valid.tsv",
    strangers: "clinc150/oos_valid.tsv",
    goal: 93,
  },
];

export function hasPhraseSets(): boolean {
  return existsSync(FOLDER);
}

export function pathOf(file: string): string {
  return path.join(FOLDER, file);
}

export function readPhrases(file: string): Example[] {
  return readFileSync(pathOf(file), "utf8")
    .split("\n")
    .filter((line) => line.includes("\t"))
    .map((line) => {
      const [label = "", text = ""] = line.split("\t");
      return { label, text };
    });
}
