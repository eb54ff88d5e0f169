import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  phoneDistance,
  phoneEditDistance,
} from "../../../src/grammar/pronunciation/phone-distance.ts";
import { phoneFeatures } from "../../../src/grammar/pronunciation/phone-features.ts";

const model: { phones: string[] } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../../../models/embedded/model.json"), "utf8"),
);
const phones = model.phones.filter((phone) => phone !== "_");

test("every phone of the embedded model has features, and no two are the same", () => {
  expect(phones.filter((phone) => phoneFeatures(phone) === undefined)).toEqual([]);
  const pairs = phones.flatMap((a, i) => phones.slice(i + 1).map((b) => [a, b] as const));
  expect(pairs.filter(([a, b]) => phoneDistance(a, b) === 0)).toEqual([]);
});

test("the distance is symmetric, 0 to itself and at most 1", () => {
  for (const a of phones) {
    expect(phoneDistance(a, a)).toBe(0);
    for (const b of phones) {
      expect(phoneDistance(a, b)).toBe(phoneDistance(b, a));
      expect(phoneDistance(a, b)).toBeLessThanOrEqual(1);
    }
  }
});

test.each([
  ["p", "b", "s"],
  ["s", "z", "ʃ"],
  ["m", "n", "k"],
  ["e", "ɛ", "ɔ"],
  ["œ̃", "ɛ̃", "i"],
  ["ɑ", "ɔ", "i"],
  ["θ", "f", "ɡ"],
  ["ɚ", "ə", "i"],
  ["i", "j", "k"],
  ["ʁ", "ɹ", "p"],
])("%s is nearer to %s than to %s", (phone, near, far) => {
  expect(phoneDistance(phone, near)).toBeLessThan(phoneDistance(phone, far));
});

test("a symbol that is not a phone is 1 from all others", () => {
  expect(phoneDistance("?", "a")).toBe(1);
  expect(phoneDistance("?", "?")).toBe(0);
});

const distance = (a: string, b: string) => phoneEditDistance(a.split(" "), b.split(" "));

test("words that are mistaken for each other are nearer than words that are not", () => {
  const étant = distance("e t ɛ̃", "e t ɑ̃");
  const éteint = distance("e t ɛ̃", "e t ɛ̃");
  const allume = distance("e t ɛ̃", "a l y m");
  expect(éteint).toBe(0);
  expect(étant).toBeLessThan(0.7);
  expect(allume).toBeGreaterThan(2);
});

test("adding or leaving out a phone costs the same either way, a schwa less than a stop", () => {
  expect(distance("p ə t i", "p t i")).toBeCloseTo(0.35);
  expect(distance("p t i", "p ə t i")).toBeCloseTo(0.35);
  expect(distance("p t i", "p k t i")).toBeCloseTo(0.7);
  expect(phoneEditDistance([], ["p", "t"])).toBeCloseTo(1.25);
  expect(phoneEditDistance([], [])).toBe(0);
});
