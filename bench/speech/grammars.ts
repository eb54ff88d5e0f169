import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Automaton } from "../../src/grammar/automaton.ts";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import { DATA } from "./recordings.ts";

export const COFFEE = path.join(DATA, "coffee-en", "intents.yaml");
const DIGITS = path.join(import.meta.dirname, "digits.yaml");
export const DIGIT_WORDS: readonly string[] =
  "zero one two three four five six seven eight nine".split(" ");

/** Sentences in the words of orders that are not orders. */
export const COFFEE_NEGATIVES: readonly string[] = [
  "can i get a table for two",
  "can i have the bill please",
  "i want my money back",
  "get me a taxi",
  "make me a sandwich",
  "i'd like a word with the manager",
  "give me a minute",
  "may i have a glass of water",
];

export function coffeeAutomaton(): Automaton {
  return compileAutomaton(loadTemplates([COFFEE], { language: "en" }));
}

export function digitsAutomaton(): Automaton {
  return compileAutomaton(loadTemplates([DIGITS], { language: "en" }));
}

/** All of Home Assistant's English templates, with the names of its test house. */
export function homeAutomaton(): Automaton {
  const root = path.join(DATA, "ha-intents", "2025-07");
  return compileAutomaton(
    loadTemplates([path.join(root, "sentences", "en")], {
      language: "en",
      lists: [path.join(root, "tests", "en", "_fixtures.yaml")],
    }),
  );
}

/** The same sentences as the coffee templates, as a grammar for pocketsphinx. */
export function coffeeJsgf(): string {
  const lists = coffeeLists();
  const rule = (name: string): string => `<${name}> = ${alternatives(lists.get(name) ?? [])};`;
  const before = ["size", "roast", "numberOfShots"];
  const orders = permutations(before).map((order) => order.map((name) => `<${name}>`).join(" "));
  const verbs = "brew|can i get|can i have|i want|get me|give me|i'd like|make me|may i have";
  return [
    "#JSGF V1.0;",
    "grammar coffee;",
    ...[...lists.keys()].map(rule),
    `public <top> = ${alternatives(verbs.split("|"))} ( a | an ) [ ${orders.join(" | ")} ] <coffeeDrink>`,
    "  [ with ( <milkAmount> [ and <sugarAmount> ] | <sugarAmount> [ and <milkAmount> ] ) ];",
  ].join("\n");
}

export function digitsJsgf(): string {
  return `#JSGF V1.0;\ngrammar digits;\npublic <digit> = ${alternatives(DIGIT_WORDS)};\n`;
}

function coffeeLists(): Map<string, string[]> {
  const file = parse(readFileSync(COFFEE, "utf8")) as {
    lists: Record<string, { values: string[] }>;
  };
  return new Map(Object.entries(file.lists).map(([name, { values }]) => [name, values]));
}

function alternatives(phrases: readonly string[]): string {
  return `( ${phrases.join(" | ")} )`;
}

/** All orders of all non-empty subsets. */
function permutations(names: readonly string[]): string[][] {
  return names.flatMap((name) => {
    const rest = names.filter((other) => other !== name);
    return [[name], ...permutations(rest).map((order) => [name, ...order])];
  });
}
