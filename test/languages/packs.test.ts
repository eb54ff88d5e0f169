import { expect, test } from "vitest";
import { tokenize } from "../../src/grammar/text/tokenize.ts";
import { LANGUAGES } from "../../src/languages/language.ts";
import { languageCodes, packOf, registerPack } from "../../src/languages/packs.ts";

test("every language has a pack, under its own code", () => {
  expect(languageCodes()).toEqual(LANGUAGES);
  for (const language of LANGUAGES) expect(packOf(language).code).toBe(language);
});

test("a code is given once", () => {
  expect(() => registerPack(packOf("en"))).toThrow('the language "en" has a pack already');
});

test.each(LANGUAGES)(
  "no word of %s is its own contrary, and no answer is yes and no",
  (language) => {
    const { contraries, yes, no } = packOf(language).words;
    expect(contraries.pairs.filter(([a, b]) => a === b)).toEqual([]);
    const pairs = contraries.pairs.map((pair) => pair.toSorted().join(" "));
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(yes.filter((answer) => no.includes(answer))).toEqual([]);
  },
);

test.each(LANGUAGES)("the word lists of %s are spelt as the automaton spells them", (language) => {
  const { light, asking, hesitations, fillers, leading, negations } = packOf(language).words;
  const words = [light, asking, hesitations, fillers, leading, negations].flat();
  const respelt = words.filter(
    (word) =>
      tokenize(word, language)
        .map((t) => t.word)
        .join(" ") !== word,
  );
  expect(respelt).toEqual([]);
});
