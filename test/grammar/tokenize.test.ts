import * as fc from "fast-check";
import { expect, test } from "vitest";
import { normalizeText, tokenize } from "../../src/grammar/text/tokenize.ts";
import type { Language } from "../../src/languages/language.ts";

const words = (text: string, language: Language): string =>
  tokenize(normalizeText(text), language)
    .map(({ word }) => word)
    .join(" ");

test.each([
  ["Allume la LUMIÈRE !", "allume la lumière"],
  ["l’eau de l'évier", "l' eau de l' évier"],
  ["aujourd'hui, s'il te plaît", "aujourd'hui s' il te plaît"],
  ["qu'est-ce qu'il y a", "qu' est ce qu' il y a"],
  ["rez-de-chaussée", "rez de chaussée"],
  ["50%", "cinquante pour cent"],
  ["50 pourcent", "cinquante pour cent"],
  ["21,5°", "vingt et un virgule cinq degrés"],
  ["02h16", "deux heures seize"],
  ["-5", "moins cinq"],
  ["10-20", "dix vingt"],
  ["1\u00a0000", "mille"],
  ["71 et 95", "soixante et onze et quatre vingt quinze"],
  ["e\u0301teins", "éteins"],
])("French: %s → %s", (text, expected) => {
  expect(words(text, "fr")).toBe(expected);
});

test.each([
  ["What's the time?", "what's the time"],
  ["the lights' colour", "the lights colour"],
  ["50 % & more", "fifty percent and more"],
  ["1,500", "one thousand five hundred"],
  ["21.5", "twenty one point five"],
  ["2700K", "two thousand seven hundred k"],
  ["up-to-date", "up to date"],
  ["1/2", "one two"],
  ["…!?", ""],
  ["лампа 💡", "лампа"],
])("English: %s → %s", (text, expected) => {
  expect(words(text, "en")).toBe(expected);
});

test("words know where they stand in the text", () => {
  const text = normalizeText("Ferme l'Eau, 21 fois");
  const spans = tokenize(text, "fr").map(({ start, end }) => text.slice(start, end));
  expect(spans).toEqual(["Ferme", "l'", "Eau", "21", "21", "21", "fois"]);
});

test("any text at all becomes words without spaces, in order", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.constantFrom<Language>("en", "fr"),
      (any, language) => {
        const text = normalizeText(any);
        let at = 0;
        for (const { word, start, end } of tokenize(text, language)) {
          expect(word).toMatch(/^\S+$/);
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          at = start;
        }
      },
    ),
  );
});

test("tokens of the words of a text are the same words", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom<Language>("en", "fr"), (text, language) => {
      const once = words(text, language);
      expect(words(once.replace(/' /g, "'"), language)).toBe(once);
    }),
  );
});
