import { writeFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Scope } from "../../src/lifetime/scope.ts";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { IntentEngine } from "../../src/intent/engine/intent-engine.ts";
import { Matcher } from "../../src/intent/engine/matcher.ts";
import { templatesOf } from "../grammar/templates-of.ts";
import { SETTINGS } from "./settings.ts";

const SHOP = `
intents:
  OpeningHours:
    data: [{ sentences: ["opening hours [on] {day}"] }]
    examples: [when do you close, until what hour can i come, "are you open on {day}"]
    negatives: [when do you close the blinds]
lists:
  day: [sunday, monday]
`;

let scope: Scope;
let engine: IntentEngine;
beforeAll(async () => {
  scope = new Scope("test");
  const file = path.join(await scope.tempDir(), "shop.yaml");
  writeFileSync(file, SHOP);
  engine = await IntentEngine.open(scope, { intents: [file], language: "en" });
}, 60_000);
afterAll(() => scope.close());

test.each([
  ["10 000 words", "when do you close and ".repeat(2000)],
  ["10 000 different words", Array.from({ length: 10_000 }, (_, i) => `w${i}x`).join(" ")],
  ["one word of a million letters", "close".repeat(200_000)],
  ["only punctuation", "?!… — ,,, ;;; '''' \\"],
  ["nothing", ""],
  ["spaces", " \t\n "],
  ["another script", "когда вы закрываетесь сегодня 今日は何時までですか"],
  ["emoji", "👩‍👩‍👧‍👦 🛏️ 💡"],
  ["control characters", "when\u0000\u0007\u202edo\u001b[2J"],
  ["lone surrogates", "\ud800 when \udc00\udc00 \ud83d"],
  ["many commands", Array(50).fill("opening hours on sunday").join(" and ")],
  ["markup", "<day> {day} (a|b) [x"],
])("%s: an answer, soon, and the engine goes on", { timeout: 20_000 }, async (_, text) => {
  const meant = await engine.classify(text);
  expect(meant).toMatchObject({ text, language: "en" });
  expect(["accept", "ambiguous", "reject"]).toContain(meant.decision);
  expect((await engine.classify("opening hours on monday")).intent?.slots).toEqual({
    day: "monday",
  });
});

test("any text at all has an answer", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
      const { decision, intent } = await engine.classify(text);
      expect(intent === null).toBe(decision !== "accept");
    }),
    { numRuns: 60 },
  );
});

test("100 000 list values", { timeout: 120_000 }, () => {
  const values = Array.from({ length: 100_000 }, (_, i) => `device ${i % 1009} of house ${i}`);
  const yaml = `intents: { I: { data: [{ sentences: ["turn on {x}"] }] } }\nlists: { x: ${JSON.stringify(values)} }\n`;
  const matcher = new Matcher(compileAutomaton(templatesOf(yaml)), SETTINGS);
  expect(matcher.matchExactly("turn on device 99 of house 99")?.intent?.slots).toEqual({
    x: "device 99 of house 99",
  });
  expect(matcher.matchExactly("turn on device 98 of house 99")).toBeUndefined();
});
