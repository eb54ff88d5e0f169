import { expect, test } from "vitest";
import {
  confidenceOf as confidenceBy,
  type Evidence,
} from "../../src/intent/decision/confidence.ts";
import { SETTINGS } from "./settings.ts";

const confidenceOf = (parse: Evidence, rival?: Evidence): number =>
  confidenceBy(parse, rival, SETTINGS.decision);

const parse = (distance: number, isOpen = false, cost = distance * 5) => ({
  distance,
  isOpen,
  cost,
  vagueWords: 0,
});

test("a text that matches word for word is certain, one that nearly matches never is", () => {
  expect(confidenceOf(parse(0))).toBe(1);
  const nearly = confidenceOf(parse(0.001));
  expect(nearly).toBeGreaterThan(0.9);
  expect(nearly).toBeLessThan(0.99);
});

test("a template that takes anything is less certain the more words it takes", () => {
  const taken = [1, 2, 4, 5].map((vagueWords) => confidenceOf({ ...parse(0, true), vagueWords }));
  expect(taken).toEqual(taken.toSorted((a, b) => b - a));
  expect(taken[1]).toBeGreaterThan(0.8);
  expect(taken[3]).toBeLessThan(0.35);
});

test("confidence falls with distance", () => {
  const confidences = [0.05, 0.1, 0.2, 0.3, 0.5].map((d) => confidenceOf(parse(d)));
  expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
  expect(confidences.at(-1)).toBeLessThan(0.2);
});

test("the words of a wildcard are no evidence, so the rest must fit better", () => {
  expect(confidenceOf(parse(0.2, true))).toBeLessThan(confidenceOf(parse(0.2)));
});

test("a near rival lowers confidence, and the rival has the lower one", () => {
  const [first, second] = [parse(0.2, false, 1), parse(0.24, false, 1.2)];
  const alone = confidenceOf(first);
  expect(confidenceOf(first, second)).toBeLessThan(alone);
  expect(confidenceOf(second, first)).toBeLessThan(confidenceOf(first, second));
});
