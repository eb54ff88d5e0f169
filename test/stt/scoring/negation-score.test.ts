import { describe, expect, test } from "vitest";
import { speechGrammar } from "../../../src/grammar/speech-grammar.ts";
import { GrammarDecoder } from "../../../src/stt/decoders/grammar-decoder.ts";
import type { ModelLexicon } from "../../../src/stt/network/model-lexicon.ts";
import { automatonOf } from "../../grammar/templates-of.ts";
import { CALIBRATION } from "../calibration.ts";
import { posteriorsOf } from "../posteriors.ts";

const PHONES = Array.from("_aebdfjklmnoprstuvyʒ");

/** Words are spelt as they sound, but for these. */
const SOUNDS: Readonly<Record<string, string>> = {
  pas: "pa",
  plus: "ply",
  jamais: "ʒame",
  et: "e",
};

const lexicon: ModelLexicon = {
  formsOf: (word) => {
    const sounds = Array.from(SOUNDS[word] ?? word, (sound) => PHONES.indexOf(sound));
    return sounds.includes(-1)
      ? []
      : [{ phones: Uint8Array.from(sounds), costNats: 0, before: "any" }];
  },
  isVowel: PHONES.map((phone) => "aeouy".includes(phone)),
};

/** How much speaks for a negation in what these sounds are read as, a frame each. */
function negationNats(sentences: readonly string[], sounds: string, written = ["fort"]): number {
  const wildcard = "lists: { any: { wildcard: true } }";
  const automaton = automatonOf(sentences, wildcard, { language: "fr" });
  const grammar = speechGrammar(automaton, { negatives: [] });
  const decoder = new GrammarDecoder(grammar, lexicon, CALIBRATION);
  const posteriors = posteriorsOf(PHONES, Array.from(sounds.replaceAll(" ", "")));
  const [best] = decoder.decode(posteriors, () => written, {});
  if (best === undefined) throw new Error("nothing was understood");
  return decoder.negationNats(best, posteriors);
}

describe("a negation behind the first word of a command", () => {
  test.each([
    ["bade la ruto", false],
    ["bade pa la ruto", true],
    ["bade ply la ruto", true],
    ["bade ʒame la ruto", true],
    // Behind another word, and without one that is a negation.
    ["bade la pa ruto", false],
    ["bade nof la ruto", false],
  ])("%s", (sounds, isNegated) => {
    expect(negationNats(["bade la ruto"], sounds) > 5).toBe(isNegated);
  });

  test("in any of several commands, and behind politeness", () => {
    const sentences = ["bade la ruto", "foma"];
    expect(negationNats(sentences, "foma e bade la ruto")).toBe(0);
    expect(negationNats(sentences, "foma e bade pa la ruto")).toBeGreaterThan(5);
    expect(negationNats(sentences, "alors bade pa la ruto")).toBeGreaterThan(5);
  });

  test("where another form of the verb, or another word behind it, was taken for a part of it", () => {
    expect(negationNats(["(bad|badap) la ruto"], "bad pa la ruto")).toBeGreaterThan(5);
    expect(negationNats(["bade [pal] la ruto"], "bade pal _la ruto")).toBe(0);
    expect(negationNats(["bade [pat] la ruto"], "bade pa la ruto")).toBeGreaterThan(2);
  });

  test("words that the templates have there are none", () => {
    expect(negationNats(["bade [plus] la ruto"], "bade ply la ruto")).toBe(0);
    expect(negationNats(["bade (la ruto|plus fort)"], "bade ply fort")).toBe(0);
    expect(negationNats(["bade (la ruto|plus fort)"], "bade ply la ruto")).toBeGreaterThan(5);
  });

  test("'pas' as the first word that a wildcard takes is one, 'plus' is not", () => {
    expect(negationNats(["bade {any}"], "bade pa ruto", ["pas", "ruto"])).toBe(Infinity);
    expect(negationNats(["bade {any}"], "bade ply ruto", ["plus", "ruto"])).toBe(0);
  });
});
