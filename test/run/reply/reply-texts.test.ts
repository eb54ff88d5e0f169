import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { ReplyTexts } from "../../../src/run/reply/reply-texts.ts";

const folder = mkdtempSync(path.join(tmpdir(), "replies-"));
afterAll(() => rmSync(folder, { recursive: true }));

function textsOf(yaml: string): ReplyTexts {
  const file = path.join(folder, "replies.yaml");
  writeFileSync(file, yaml);
  return ReplyTexts.load([file]);
}

test("every variant comes once before any comes again, and never one twice in a row", () => {
  const texts = textsOf("replies: { hi: [a, b, c, d] }");
  const said = Array.from({ length: 400 }, () => texts.textOf("hi", "en"));
  for (let round = 1; round < 100; round++) {
    // A round after the first may begin late by the variant that ended the one before.
    const four = new Set(said.slice(round * 4, round * 4 + 4));
    expect(four.size).toBeGreaterThanOrEqual(3);
  }
  const count = (wanted: string): number => said.filter((text) => text === wanted).length;
  for (const variant of ["a", "b", "c", "d"]) expect(count(variant)).toBeGreaterThan(80);
  expect(said.filter((text, i) => i > 0 && text === said[i - 1])).toEqual([]);
});

test("a reply is sought in the language, then in any, then under the shorter key, then under fallback", () => {
  const texts = textsOf(
    "replies: { lights: { en: Light, fr: Lumière }, lights.on: { fr: Allumée }, bye: Ciao, fallback: Hm }",
  );
  expect(texts.textOf("lights.on", "fr")).toBe("Allumée");
  expect(texts.textOf("lights.on", "en")).toBe("Light");
  expect(texts.textOf("bye", "fr")).toBe("Ciao");
  expect(texts.textOf("nothing.like.it", "fr")).toBe("Hm");
  expect(textsOf("replies: { a: b }").textOf("nothing", "en")).toBeUndefined();
});

test("slots are filled in; a variant that names one which is not there is passed over", () => {
  const texts = textsOf('replies: { on: ["{room} is lit", "Lit"], off: ["{room} is dark"] }');
  expect(texts.textOf("off", "en", { room: "kitchen" })).toBe("kitchen is dark");
  for (let i = 0; i < 5; i++) expect(texts.textOf("on", "en", {})).toBe("Lit");
  expect(texts.textOf("off", "en")).toBeUndefined();
  const all = new Set(Array.from({ length: 9 }, () => texts.textOf("on", "en", { room: 3 })));
  expect([...all].toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    "3 is lit",
    "Lit",
  ]);
});

test("a whole file may be in one language, and a later file adds to it", () => {
  const [first, second] = ["1.yaml", "2.yaml"].map((name) => path.join(folder, name));
  writeFileSync(first!, "language: fr\nreplies: { bye: Salut }");
  writeFileSync(second!, "language: en\nreplies: { bye: Bye }");
  const texts = ReplyTexts.load([first!, second!]);
  expect([texts.textOf("bye", "fr"), texts.textOf("bye", "en")]).toEqual(["Salut", "Bye"]);
});

test("there is something to say in both languages without any file", () => {
  const texts = new ReplyTexts();
  expect(texts.textOf("earshot.not-understood", "fr")).toMatch(/compris|Pardon/);
  expect(texts.textOf("earshot.failed", "en")).toMatch(/work|wrong/);
});

test.each([
  ["replies: { on: { de: Licht } }", /replies\.yaml:1:18: unknown key "de" in reply "on"/],
  ["replies: { on: [] }", /replies\.yaml:1:16: reply "on" has no text/],
  ['replies: { on: ["  "] }', /reply "on" has no text/],
  ["texts: {}", /unknown key "texts"/],
  ["language: de\nreplies: { a: b }", /replies\.yaml:1:11: expected one of en, fr/],
  ["language: en", /expected "replies:"/],
])("a mistake is named with its place: %s", (yaml, message) => {
  expect(() => textsOf(yaml)).toThrow(message);
});
