import { expect, test } from "vitest";
import { Homophones } from "../../../src/stt/network/homophones.ts";
import type { LanguageModel } from "../../../src/stt/network/language-model.ts";
import type { Form } from "../../../src/models/word-forms.ts";

const WORDS = ["#", "des", "une", "pomme", "pommes", "vertes", "verte"];
const [EDGE, DES, UNE, POMME, POMMES, VERTES, VERTE] = WORDS.keys();
const SOUNDS: Readonly<Record<string, readonly number[]>> = {
  des: [1],
  une: [2],
  pomme: [3, 4],
  pommes: [3, 4],
  vertes: [5],
  verte: [5],
};
const LIKELY: readonly (readonly [number | undefined, number | undefined])[] = [
  [DES, POMMES],
  [UNE, POMME],
  [EDGE, POMME],
  [POMMES, VERTES],
  [POMME, VERTE],
];

test("the words beside them choose between words that sound alike", () => {
  const homophones = new Homophones(model(), formsOf, 1);
  const choose = (words: readonly (number | undefined)[], before?: string, after?: string) =>
    homophones
      .choose(
        words.map((word) => word ?? -1),
        { before, after },
      )
      .map((word) => WORDS[word])
      .join(" ");
  expect(choose([POMME], "des")).toBe("pommes");
  expect(choose([POMMES], "une")).toBe("pomme");
  expect(choose([POMME, VERTE], "des")).toBe("pommes vertes");
  expect(choose([POMME], "mangue", "vertes")).toBe("pommes");
  expect(choose([POMMES])).toBe("pomme");
  expect(choose([POMME], "mangue")).toBe("pommes");
  expect(choose([POMMES], "une", "vertes")).toBe("pomme");
  expect(choose([])).toBe("");
});

function formsOf(word: string): Form[] {
  const phones = SOUNDS[word];
  return phones ? [{ phones: Uint8Array.from(phones), costNats: 0, before: "any" }] : [];
}

/** The pairs above are likelier than others; "pommes" than "pomme", but not at the beginning. */
function model(): LanguageModel {
  const pairFirst = [0];
  const pairWord: number[] = [];
  for (const before of WORDS.keys()) {
    for (const [first, second = 0] of LIKELY) if (first === before) pairWord.push(second);
    pairFirst.push(pairWord.length);
  }
  return {
    words: WORDS,
    unigramCost: Float32Array.from(WORDS, (word) => (word === "pommes" ? 2 : 3)),
    backoffCost: new Float32Array(WORDS.length).fill(1),
    pairFirst: Uint32Array.from(pairFirst),
    pairWord: Uint32Array.from(pairWord),
    pairCost: new Float32Array(pairWord.length).fill(0.5),
  };
}
