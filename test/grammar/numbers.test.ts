import { describe, expect, test } from "vitest";
import { numberGraph } from "../../src/grammar/numbers/number-graph.ts";
import { numberWords } from "../../src/grammar/numbers/number-words.ts";
import { packOf } from "../../src/languages/packs.ts";
import { spell } from "../../src/grammar/numbers/number-graph.ts";
import type { SumNode } from "../../src/grammar/numbers/sum-trie.ts";
import type { NumberRange } from "../../src/grammar/templates/expression.ts";
import { LANGUAGES, type Language } from "../../src/languages/language.ts";

const range = (from: number, to: number, more: Partial<NumberRange> = {}): NumberRange => ({
  from,
  to,
  step: 1,
  multiplier: 1,
  fractions: "none",
  ...more,
});

test.each([
  ["0", "zéro"],
  ["1", "un"],
  ["16", "seize"],
  ["17", "dix sept"],
  ["21", "vingt et un"],
  ["70", "soixante dix"],
  ["71", "soixante et onze"],
  ["77", "soixante dix sept"],
  ["80", "quatre vingts"],
  ["81", "quatre vingt un"],
  ["91", "quatre vingt onze"],
  ["99", "quatre vingt dix neuf"],
  ["100", "cent"],
  ["101", "cent un"],
  ["200", "deux cents"],
  ["250", "deux cent cinquante"],
  ["1000", "mille"],
  ["1984", "mille neuf cent quatre vingt quatre"],
  ["80000", "quatre vingt mille"],
  ["1000000", "un million"],
  ["3,05", "trois virgule zéro cinq"],
  ["-2", "moins deux"],
])("French says %s as %s", (digits, words) => {
  expect(numberWords(digits, "fr").join(" ")).toBe(words);
});

test.each([
  ["0", "zero"],
  ["13", "thirteen"],
  ["42", "forty two"],
  ["100", "one hundred"],
  ["105", "one hundred five"],
  ["2005", "two thousand five"],
  ["999999", "nine hundred ninety nine thousand nine hundred ninety nine"],
  ["2.50", "two point five zero"],
  ["-7", "minus seven"],
  ["1234567890", "one two three four five six seven eight nine zero"],
])("English says %s as %s", (digits, words) => {
  expect(numberWords(digits, "en").join(" ")).toBe(words);
});

test.each([
  [70, "septante"],
  [71, "septante et un"],
  [75, "septante cinq"],
  [80, "huitante"],
  [80, "octante"],
  [91, "nonante et un"],
  [99, "nonante neuf"],
  [21, "vingt et une"],
  [1500, "quinze cents"],
])("%i may be %s in French", (n, words) => {
  expect(spell(n, packOf("fr").numbers).map((way) => way.join(" "))).toContain(words);
});

test.each([
  [100, "a hundred"],
  [105, "one hundred and five"],
  [1005, "one thousand and five"],
  [2700, "twenty seven hundred"],
])("%i may be %s in English", (n, words) => {
  expect(spell(n, packOf("en").numbers).map((way) => way.join(" "))).toContain(words);
});

describe.each(LANGUAGES)("in %s", (language) => {
  test("no two numbers up to 9999 share a way to say them", () => {
    const numberOf = new Map<string, number>();
    const shared: string[] = [];
    for (let n = 0; n < 10_000; n++)
      for (const way of spell(n, packOf(language).numbers)) {
        const words = way.join(" ");
        if (numberOf.has(words)) shared.push(words);
        numberOf.set(words, n);
      }
    expect(shared).toEqual([]);
  });

  test.each([
    ["0..100", range(0, 100)],
    ["1..59", range(1, 59)],
    ["5..95 in fives", range(5, 95, { step: 5 })],
    ["1000..10000 in hundreds", range(1000, 10_000, { step: 100 })],
    ["−20..20", range(-20, 20)],
    ["0..100, negated", range(0, 100, { multiplier: -1 })],
    ["990..3005", range(990, 3005)],
    ["7..3100 in twos", range(7, 3100, { step: 2 })],
  ])("the range %s says each of its numbers, and no other", (_, { from, to, step, multiplier }) => {
    const graph = numberGraph(range(from, to, { step, multiplier }), language);
    const wrong: string[] = [];
    for (let n = from - 3; n <= to + 3; n++) {
      const inside = n >= from && n <= to && (n - from) % step === 0;
      for (const way of spell(Math.abs(n), packOf(language).numbers)) {
        const words = n < 0 ? [packOf(language).numbers.minus, ...way] : way;
        if (valueOf(graph, words) !== (inside ? n * multiplier + 0 : undefined))
          wrong.push(words.join(" "));
      }
    }
    expect(wrong).toEqual([]);
  });
});

test.each<[Language, string, number]>([
  ["en", "twenty one and a half", 21.5],
  ["en", "twenty one point five", 21.5],
  ["fr", "vingt et un et demi", 21.5],
  ["fr", "vingt et un virgule cinq", 21.5],
])("%s: halves: %s = %d", (language, words, value) => {
  const graph = numberGraph(range(0, 100, { fractions: "halves" }), language);
  expect(valueOf(graph, words.split(" "))).toBe(value);
});

test("tenths add up without the errors of binary fractions", () => {
  const graph = numberGraph(range(0, 100, { fractions: "tenths" }), "en");
  expect(valueOf(graph, "thirty six point three".split(" "))).toBe(36.3);
});

test("a range of a million stays small", () => {
  const graph = numberGraph(range(0, 999_999), "fr");
  expect(valueOf(graph, "neuf cent mille douze".split(" "))).toBe(900_012);
  expect(sizeOf(graph)).toBeLessThan(2000);
});

test("ranges that cannot be spelled are refused", () => {
  expect(numberGraph(range(0, 1_000_000), "en")).toBeUndefined();
  expect(numberGraph(range(0, 900_000, { step: 7 }), "en")).toBeUndefined();
});

function valueOf(graph: SumNode | undefined, words: readonly string[]): number | undefined {
  let node = graph;
  let sum = graph?.min ?? 0;
  for (const word of words) {
    const arc = node?.arcs.find((candidate) => candidate.word === word);
    if (!arc) return undefined;
    sum += arc.addend;
    node = arc.target;
  }
  return node?.end === undefined ? undefined : Math.round((sum + node.end) * 1e6) / 1e6 + 0;
}

function sizeOf(graph: SumNode | undefined): number {
  const seen = new Set<SumNode>();
  const visit = (node: SumNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const { target } of node.arcs) visit(target);
  };
  if (graph) visit(graph);
  return seen.size;
}
