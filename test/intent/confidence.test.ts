import { expect, test } from "vitest";
import { confidenceOf } from "../../src/intent/decision/confidence.ts";

const reading = (distance: number, isOpen = false, cost = distance * 5) => ({
  distance,
  isOpen,
  cost,
  vagueWords: 0,
});

test("word for word is certain, nearly so never", () => {
  expect(confidenceOf(reading(0), undefined)).toBe(1);
  const nearly = confidenceOf(reading(0.001), undefined);
  expect(nearly).toBeGreaterThan(0.9);
  expect(nearly).toBeLessThan(0.99);
});

test("word for word, a template that asks for anything is the less certain the more it takes", () => {
  const taken = [1, 2, 4, 5].map((vagueWords) =>
    confidenceOf({ ...reading(0, true), vagueWords }, undefined),
  );
  expect(taken).toEqual(taken.toSorted((a, b) => b - a));
  expect(taken[1]).toBeGreaterThan(0.8);
  expect(taken[3]).toBeLessThan(0.35);
});

test("the more differs, the less likely it was meant", () => {
  const confidences = [0.05, 0.1, 0.2, 0.3, 0.5].map((d) => confidenceOf(reading(d), undefined));
  expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
  expect(confidences.at(-1)).toBeLessThan(0.2);
});

test("what a wildcard takes is no evidence: the rest must fit the better", () => {
  expect(confidenceOf(reading(0.2, true), undefined)).toBeLessThan(
    confidenceOf(reading(0.2), undefined),
  );
});

test("a rival that is as near makes it less likely, and the rival is the less likely of both", () => {
  const [first, second] = [reading(0.2, false, 1), reading(0.24, false, 1.2)];
  const alone = confidenceOf(first, undefined);
  expect(confidenceOf(first, second)).toBeLessThan(alone);
  expect(confidenceOf(second, first)).toBeLessThan(confidenceOf(first, second));
});
