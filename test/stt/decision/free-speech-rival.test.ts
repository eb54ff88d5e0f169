import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/stt/scoring/hypothesis.ts";
import { leadOver, type OtherWords } from "../../../src/stt/decision/free-speech-rival.ts";

describe("how far other words are ahead of a short sentence", () => {
  const yes = readingOf("yes", -10);

  test("is what they fit better by, in the mean over the listenings", () => {
    expect(leadOver(yes, [others(-8, yes)])).toBe(2);
    expect(leadOver(yes, [others(-8, yes), others(-14, yes)])).toBe(-1);
  });

  test("counts how surprising the sentence is, twice", () => {
    expect(leadOver({ ...yes, surpriseNats: 4 }, [others(-8, yes)])).toBe(10);
  });

  test("is never more than none where they sound the same", () => {
    expect(leadOver(yes, [{ ...others(-8, yes), soundLike: () => true }])).toBe(0);
  });

  test("where a listening does not come upon the sentence, is taken from 2 nats below its worst", () => {
    const elsewhere = others(-8, readingOf("no", -9), readingOf("now", -11));
    expect(leadOver(yes, [elsewhere])).toBe(5);
  });

  test("leaves out a listening that hears nothing, and is not known from such alone", () => {
    expect(leadOver(yes, [others(-8, yes), others(-90)])).toBe(2);
    expect(leadOver(yes, [others(-90)])).toBeUndefined();
    expect(leadOver(yes, [])).toBeUndefined();
  });
});

function readingOf(text: string, score: number): Reading {
  return { text, surpriseNats: 0, hypothesis: { score, costNats: 0 } } as unknown as Reading;
}

function others(score: number, ...readings: Reading[]): OtherWords {
  return { readings, score, soundLike: () => false };
}
