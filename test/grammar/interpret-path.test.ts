import * as fc from "fast-check";
import { expect, test } from "vitest";
import { interpretPath } from "../../src/grammar/interpret-path.ts";
import { sampleSentences } from "../../src/grammar/sample-sentences.ts";
import { automatonOf } from "./templates-of.ts";

const HOME = `
lists:
  room: [kitchen, living room]
  query: { wildcard: true }
expansion_rules:
  timer: "{1..99:minutes} minute[s] [and {1..59:seconds} second[s]]"
`;

test("numbers are the sum of their words, also when a rule holds them", () => {
  const automaton = automatonOf(["set <timer>"], HOME);
  for (const { text, slots } of sampleSentences(automaton, 50)) {
    expect(slots["minutes"]).toBeTypeOf("number");
    expect("seconds" in slots).toBe(text.includes("second"));
  }
});

test("the text of a wildcard is what was said there", () => {
  const automaton = automatonOf(["play {query} in {room}"], HOME);
  const [sample] = sampleSentences(automaton, 1);
  const steps = sample?.steps.map((step) => (step.word ? { ...step, word: "jazz" } : step)) ?? [];
  expect(interpretPath(automaton, steps).slots["query"]).toMatch(/^jazz( jazz)*$/);
  expect(
    interpretPath(automaton, steps, { textOf: () => "As It Was Written" }).slots["query"],
  ).toBe("As It Was Written");
});

test("context becomes slots, which what was said overrides", () => {
  const yaml = ["lights on [in {room:area}]"];
  const automaton = automatonOf(
    yaml,
    `        requires_context: { area: { slot: true } }\n${HOME}`,
  );
  const meant = sampleSentences(automaton, 40).map(({ steps }) =>
    interpretPath(automaton, steps, { context: { area: "attic", mood: "dim" } }),
  );
  expect(meant.find(({ text }) => text === "lights on")?.slots).toEqual({ area: "attic" });
  expect(meant.find(({ text }) => text.endsWith("kitchen"))?.slots).toEqual({ area: "kitchen" });
});

test("half a path is refused", () => {
  const automaton = automatonOf(["go to {room}"], HOME);
  const steps = sampleSentences(automaton, 1)[0]?.steps ?? [];
  expect(() => interpretPath(automaton, steps.slice(0, 4))).toThrow(RangeError);
});

test("sampling is repeatable and stays within lists that have values", () => {
  const automaton = automatonOf(
    ["go to {room}", "call {nobody}"],
    `${HOME}  more: x\n`.replace("lists:", "lists:\n  nobody: []"),
  );
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 20 }), (seed, n) => {
      const texts = sampleSentences(automaton, n, seed).map(({ text }) => text);
      expect(texts).toHaveLength(n);
      expect(sampleSentences(automaton, n, seed).map(({ text }) => text)).toEqual(texts);
      for (const text of texts) expect(["go to kitchen", "go to living room"]).toContain(text);
    }),
    { numRuns: 20 },
  );
});
