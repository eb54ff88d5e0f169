import path from "node:path";
import { describe, expect, test } from "vitest";
import { openPronunciation } from "../../../src/grammar/pronunciation/open-pronunciation.ts";
import type { Pronouncer } from "../../../src/grammar/pronunciation/pronouncer.ts";

const modelDir = path.resolve(import.meta.dirname, "../../../models/embedded");
const english = await openPronunciation({ modelDir, language: "en" });
const french = await openPronunciation({ modelDir, language: "fr" });

/** "k æ n" anywhere, "l e z (vowel)" where the next word begins so. */
function spoken(pronouncer: Pronouncer, word: string): string[] {
  return pronouncer
    .pronounce(word)
    .map(({ phones, before }) => phones.join(" ") + (before ? ` (${before})` : ""));
}

describe("English", () => {
  test.each([
    ["kitchen", "k ɪ tʃ ə n"],
    ["lights", "l aɪ t s"],
    ["thermostat", "θ ɚ m ə s t æ t"],
    ["temperature", "t ɛ m p ɹ ɪ tʃ ɚ"],
    ["vacuum", "v æ k j u m"],
    ["through", "θ ɹ u"],
    ["schedule", "s k ɛ dʒ u l"],
    ["espresso", "ɛ s p ɹ ɛ s oʊ"],
    ["twenty", "t w ɛ n t i"],
    ["don't", "d oʊ n t"],
    ["uk", "j u k eɪ"],
    ["suv", "ɛ s j u v i"],
    ["nasa", "n æ s ə"],
    ["dvds", "d i v i d i z"],
    ["wi", "w aɪ"],
    ["close", "k l oʊ z"],
    ["yeah", "j æ"],
    ["sean", "ʃ ɔ n"],
    ["vegas", "v eɪ ɡ ə s"],
    ["café", "k æ f eɪ"],
    ["quinoa", "k i n w ɑ"],
    ["jalapenos", "h ɑ l ə p eɪ n j oʊ z"],
  ])("%s is said %s first", (word, expected) => {
    expect(spoken(english, word)[0]).toBe(expected);
  });

  test.each([
    ["can", "k ə n"],
    ["to", "t ə"],
    ["of", "ə v"],
    ["and", "ə n"],
    ["the", "ð i (vowel)"],
    ["going", "ɡ oʊ ɪ n"],
    ["coffee", "k ɑ f i"],
    ["twenty", "t w ɛ n i"],
    ["letter", "l ɛ t ə"],
    ["dance", "d ɑ n s"],
    ["tomato", "t ə m ɑ t oʊ"],
    ["last", "l æ s (consonant)"],
    ["roses", "ɹ oʊ z ə z"],
    ["three", "t ɹ i"],
    ["the", "z ə"],
    ["red", "l ɛ d"],
    ["two", "d u"],
    ["'s", "s"],
    ["'s", "ɪ z"],
    ["close", "k l oʊ s"],
    ["read", "ɹ ɛ d"],
    ["am", "eɪ ɛ m"],
  ])("%s may be said %s", (word, expected) => {
    expect(spoken(english, word)).toContain(expected);
  });

  test.each([
    ["living-room", "l ɪ v ɪ ŋ ɹ u m"],
    ["lightbulb", "l aɪ t b ʌ l b"],
    ["kettle's", "k ɛ t ə l z"],
    ["fridge's", "f ɹ ɪ dʒ ɪ z"],
    ["lamp's", "l æ m p s"],
    ["tv", "t i v i"],
    ["u.s.a.", "j u ɛ s eɪ"],
    ["USB", "j u ɛ s b i"],
    ["VLAN", "v i ɛ l eɪ ɛ n"],
    ["don’t", "d oʊ n t"],
    ["Kitchen", "k ɪ tʃ ə n"],
  ])("%s is taken apart or normalised: %s", (word, expected) => {
    expect(spoken(english, word)[0]).toBe(expected);
  });
});

describe("French", () => {
  test.each([
    ["éteins", "e t ɛ̃"],
    ["allume", "a l y m"],
    ["lumière", "l y m j ɛ ʁ"],
    ["cuisine", "k y i z i n"],
    ["volets", "v o l ɛ"],
    ["chauffage", "ʃ o f a ʒ"],
    ["aspirateur", "a s p i ʁ a t œ ʁ"],
    ["aujourd'hui", "o ʒ u ʁ d y i"],
    ["l'", "l"],
    ["qu'", "k"],
    ["wifi", "w i f i"],
    ["tv", "t e v e"],
    ["wc", "v e s e"],
    ["dvds", "d e v e d e"],
    ["œufs", "ø"],
    ["fils", "f i s"],
    ["bluetooth", "b l u t u s"],
    ["deezer", "d i z œ ʁ"],
    ["ikea", "i k e a"],
    ["pizzas", "p i d z a"],
  ])("%s is said %s first", (word, expected) => {
    expect(spoken(french, word)[0]).toBe(expected);
  });

  test.each([
    ["les", "l e z (vowel)"],
    ["un", "œ̃ n (vowel)"],
    ["six", "s i (consonant)"],
    ["dix", "d i z (vowel)"],
    ["petit", "p t i"],
    ["petit", "p ə t i t (vowel)"],
    ["semaine", "s m ɛ n"],
    ["signal", "s i ɲ a l"],
    ["table", "t a b"],
    ["lundi", "l ɛ̃ d i"],
    ["lampes", "l ɑ̃ p z (vowel)"],
    ["lampe", "l ɑ̃ p ə"],
    ["il", "i (consonant)"],
    ["quatre-vingts", "k a t ʁ ə v ɛ̃"],
    ["t", "t (vowel)"],
    ["est-il", "ɛ t i l"],
    ["œufs", "ø z (vowel)"],
    ["m", "m ə s j ø"],
    ["cappuccino", "k a p y tʃ i n o"],
  ])("%s may be said %s", (word, expected) => {
    expect(spoken(french, word)).toContain(expected);
  });

  test.each([
    ["l'aspirateur", "l a s p i ʁ a t œ ʁ"],
    ["qu'il", "k i l"],
    ["week-end", "w i k ɛ n d"],
    ["eteins", "e t ɛ̃"],
    ["lumieres", "l y m j ɛ ʁ"],
    ["sale", "s a l"],
    ["sales", "s a l"],
  ])("%s is taken apart, or given its accents: %s", (word, expected) => {
    expect(spoken(french, word)[0]).toBe(expected);
  });

  test("the plural of a word is said like the word", () => {
    expect(spoken(french, "bouilloires")[0]).toBe(spoken(french, "bouilloire")[0]);
  });
});

describe("any word", () => {
  test.each(["2", "l33t", "20", "😀", "привет", "東京", "", "-", "'", "...", "a b"])(
    "%j has no pronunciation",
    (word) => {
      expect(english.pronounce(word)).toEqual([]);
      expect(french.pronounce(word)).toEqual([]);
    },
  );

  test.each([
    ["thermomix", "θ ɚ m ə m ɪ k s"],
    ["zigbee", "z ɪ ɡ b i"],
  ])("an English word that no list has, %s, is said as it is spelt", (word, expected) => {
    expect(spoken(english, word)).toContain(expected);
  });

  test.each([
    ["chamboulinette", "ʃ ɑ̃ b u l i n ɛ t"],
    ["déthermostater", "d e t ɛ ʁ m ɔ s t a t e"],
  ])("a French word that no list has, %s, is said as it is spelt", (word, expected) => {
    expect(spoken(french, word)).toContain(expected);
  });

  test("letters of other languages are read as their plain ones", () => {
    expect(english.pronounce("smørrebrød")[0]?.phones.length).toBeGreaterThan(4);
    expect(french.pronounce("łódź")[0]?.phones.length).toBeGreaterThan(1);
  });

  test("the cheapest form costs nothing, forms come in order, none twice, at most eight", () => {
    for (const word of ["wanted", "the", "favorites", "kubernetes"]) {
      const forms = english.pronounce(word);
      const costs = forms.map((form) => form.costNats);
      expect(costs[0]).toBe(0);
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
      expect(new Set(spoken(english, word)).size).toBe(forms.length);
      expect(forms.length).toBeLessThanOrEqual(8);
    }
  });

  test("a smaller number of variants keeps the best", async () => {
    const brief = await openPronunciation({ modelDir, language: "en", mostVariants: 2 });
    expect(brief.pronounce("wanted")).toEqual(english.pronounce("wanted").slice(0, 2));
  });

  test("a word of a thousand letters is refused, not computed", () => {
    expect(english.pronounce("zq".repeat(500))).toEqual([]);
  });
});
