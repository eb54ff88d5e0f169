import path from "node:path";
import { expect, test } from "vitest";
import { openPronunciation } from "../../../src/grammar/pronunciation/open-pronunciation.ts";
import type { Pronouncer } from "../../../src/grammar/pronunciation/pronouncer.ts";

const modelDir = path.resolve(import.meta.dirname, "../../../models/embedded");
const general = await openPronunciation({ modelDir, language: "en" });

const withUser = (user: Readonly<Record<string, readonly string[]>>): Pronouncer =>
  general.withUser(
    new Map(
      Object.entries(user).map(([word, ways]) => {
        return [word, ways.map((text) => ({ text, place: "names.yaml:2:3" }))];
      }),
    ),
  );
const said = (pronouncer: Pronouncer, word: string): string[] =>
  pronouncer.pronounce(word).map((form) => form.phones.join(" "));

test("phones between slashes replace what the lexicon says", () => {
  expect(withUser({ kitchen: ["/k ʌ tʃ ɪ n/"] }).pronounce("kitchen")).toEqual([
    { phones: ["k", "ʌ", "tʃ", "ɪ", "n"], costNats: 0 },
  ]);
});

test("words that sound alike stand for their first pronunciation", () => {
  const pronouncer = withUser({ siobhan: ["shove on"], gif: ["jiff", "/ɡ ɪ f/"] });
  expect(said(pronouncer, "siobhan")).toEqual(["ʃ ʌ v ɔ n"]);
  expect(said(pronouncer, "gif")).toEqual(["dʒ ɪ f", "ɡ ɪ f"]);
});

test("letters apart are read by their names", () => {
  expect(said(withUser({ usa: ["u s a"] }), "usa")).toEqual(["j u ɛ s eɪ"]);
});

test("a word of another script can be said, and what is made of a word follows it", () => {
  const pronouncer = withUser({ привет: ["/p ɹ i v j ɛ t/"], siobhan: ["/ʃ ɪ v ɔ n/"] });
  expect(said(pronouncer, "привет")).toEqual(["p ɹ i v j ɛ t"]);
  expect(said(pronouncer, "siobhan's")[0]).toBe("ʃ ɪ v ɔ n z");
  expect(said(pronouncer, "привет's")).toEqual(["p ɹ i v j ɛ t s"]);
});

test("others who use the same lexicon do not notice", () => {
  const before = general.pronounce("kitchen");
  const [one, other] = [withUser({ kitchen: ["chicken"] }), withUser({ kitchen: ["kitten"] })];
  expect(said(one, "kitchen")[0]).toBe(said(general, "chicken")[0]);
  expect(said(other, "kitchen")[0]).toBe(said(general, "kitten")[0]);
  expect(general.pronounce("kitchen")).toBe(before);
  expect(one.pronounce("bedroom")).toBe(general.pronounce("bedroom"));
});

test.each([
  ["/k ʌ tch/", '"tch" is not a phone of this model; near it: t'],
  ["/g ɪ f/", '"g" is not a phone of this model; near it: ɡ'],
  ["/ʃ ɜː n/", '"ɜː" is not a phone of this model; near it: ɚ'],
  ["/k _ t/", '"_" is not a phone'],
  ["/ /", "there are no phones between the slashes"],
  ["four 20", '"20" cannot be pronounced'],
  ["", '"" cannot be pronounced'],
])("%j is refused with its place, its word and what is wrong", (way, message) => {
  expect(() => withUser({ robot: [way] })).toThrow(
    expect.objectContaining({
      name: "EarshotError",
      code: "TEMPLATES_INVALID",
      place: "names.yaml:2:3",
      message: expect.stringContaining(`names.yaml:2:3: pronounce: robot: ${message}`),
    }),
  );
});
