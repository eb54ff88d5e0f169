import { expect, test } from "vitest";
import { agree } from "../../../src/languages/fr/agreement.ts";

const KNOWN = new Set(
  "lumière lumières volet volets heure heures minute minutes feu feux bois".split(" "),
);
const written = (text: string): string =>
  agree(text.split(" "), (word) => KNOWN.has(word)).join(" ");

test.each([
  ["allume la lumières", "allume la lumière"],
  ["éteins les lumière du salon", "éteins les lumières du salon"],
  ["ouvre tous les volet", "ouvre tous les volets"],
  ["dans une heures", "dans une heure"],
  ["dans vingt et une minute", "dans vingt et une minutes"],
  ["dans dix minute", "dans dix minutes"],
  ["allume les feu", "allume les feux"],
  ["le bois", "le bois"], // the templates have no other
  ["la cuisines", "la cuisines"],
  ["lumières", "lumières"], // nothing tells
])("%s → %s", (heard, expected) => {
  expect(written(heard)).toBe(expected);
});
