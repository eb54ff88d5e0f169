import { describe, expect, test } from "vitest";
import { ctcLogProb } from "../../src/models/ctc-score.ts";
import type { Form } from "../../src/models/word-forms.ts";
import { posteriorsOf } from "../stt/posteriors.ts";

const PHONES = ["_", "a", "b"];
const form = (sounds: string): Form => ({
  phones: Uint8Array.from(sounds, (sound) => PHONES.indexOf(sound)),
  costNats: 0,
  before: "any",
});

describe("the probability of words, whatever their timing", () => {
  const frames = posteriorsOf(PHONES, ["a=0.6 _=0.3", "a=0.5 _=0.4", "_=0.5 a=0.2"]);

  test("is the sum over all alignments", () => {
    // a__, aa_, aaa, _a_, _aa, __a
    const sum = 0.6 * 0.4 * 0.5 + 0.6 * 0.5 * 0.5 + 0.6 * 0.5 * 0.2;
    const late = 0.3 * 0.5 * 0.5 + 0.3 * 0.5 * 0.2 + 0.3 * 0.4 * 0.2;
    expect(ctcLogProb(frames, [[form("a")]])).toBeCloseTo(Math.log(sum + late), 5);
  });

  test("equal phones need a blank between them, in a word and across words", () => {
    const only = Math.log(0.6 * 0.4 * 0.2); // a_a
    expect(ctcLogProb(frames, [[form("aa")]])).toBeCloseTo(only, 5);
    expect(ctcLogProb(frames, [[form("a")], [form("a")]])).toBeCloseTo(only, 5);
  });

  test("several forms of a word add up", () => {
    const a = Math.exp(ctcLogProb(frames, [[form("a")]]));
    const b = Math.exp(ctcLogProb(frames, [[form("b")]]));
    expect(ctcLogProb(frames, [[form("a"), form("b")]])).toBeCloseTo(Math.log(a + b), 5);
  });

  test("is 0 where there are too few frames", () => {
    expect(ctcLogProb(frames, [[form("abab")]])).toBe(-Infinity);
  });
});
