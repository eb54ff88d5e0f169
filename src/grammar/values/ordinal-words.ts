import type { Language } from "../../languages/language.ts";
import { spell } from "../numbers/number-graph.ts";
import { SPELLERS } from "../numbers/number-words.ts";

const ENGLISH: Readonly<Record<string, string>> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};

/** Places in a row up to this one. */
const MOST = 100;

/** Every way to say a place in a row, 1 … 100, and which it is. */
export function ordinalNames(language: Language): [said: string, place: number][] {
  const places = Array.from({ length: MOST }, (_, i) => i + 1);
  return places.flatMap((n) =>
    ordinalWords(n, language).map((words): [string, number] => [words.join(" "), n]),
  );
}

/** All the ways to say which one of a row, the usual one first; n ≥ 1. */
export function ordinalWords(n: number, language: Language): string[][] {
  const ways = spell(n, SPELLERS[language]);
  return language === "en" ? ways.map(english) : french(n, ways);
}

function english(words: readonly string[]): string[] {
  const last = words.at(-1) ?? "";
  const ordinal = ENGLISH[last] ?? `${last.replace(/y$/, "ie")}th`;
  return [...words.slice(0, -1), ordinal];
}

function french(n: number, ways: readonly string[][]): string[][] {
  if (n === 1) return [["premier"], ["première"]];
  const regular = ways
    .filter((words) => words.at(-1) !== "une")
    .map((words) => [...words.slice(0, -1), frenchOrdinal(words.at(-1) ?? "")]);
  return n === 2 ? [...regular, ["second"], ["seconde"]] : regular;
}

function frenchOrdinal(word: string): string {
  if (word === "cinq") return "cinquième";
  const singular = word.replace(/^(cent|vingt)s$/, "$1");
  return `${singular.replace(/f$/, "v").replace(/e$/, "")}ième`;
}
