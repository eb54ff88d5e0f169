import { describe, expect, test } from "vitest";
import type { Hypothesis } from "../../../src/stt/scoring/hypothesis.ts";
import {
  rivalLeadNats,
  type FreeSpeechRival,
} from "../../../src/stt/decision/free-speech-rival.ts";

describe("the lead of free speech over a short phrase", () => {
  const yes = hypothesisOf("yes", -10);

  test("is the mean over the passes", () => {
    expect(leadOver(yes, [rival(-8, yes)])).toBe(2);
    expect(leadOver(yes, [rival(-8, yes), rival(-14, yes)])).toBe(-1);
  });

  test("counts the perplexity of the phrase with its weight", () => {
    expect(leadOver({ ...yes, perplexityNats: 4 }, [rival(-8, yes)])).toBe(10);
  });

  test("is at most 0 where both sound the same", () => {
    expect(leadOver(yes, [{ ...rival(-8, yes), soundsLike: () => true }])).toBe(0);
  });

  test("starts 2 nats below the worst hypothesis of a pass that lacks the phrase", () => {
    const elsewhere = rival(-8, hypothesisOf("no", -9), hypothesisOf("now", -11));
    expect(leadOver(yes, [elsewhere])).toBe(5);
  });

  test("leaves out passes without hypotheses, and is undefined without another", () => {
    expect(leadOver(yes, [rival(-8, yes), rival(-90)])).toBe(2);
    expect(leadOver(yes, [rival(-90)])).toBeUndefined();
    expect(leadOver(yes, [])).toBeUndefined();
  });
});

function leadOver(hypothesis: Hypothesis, rivals: readonly FreeSpeechRival[]): number | undefined {
  return rivalLeadNats(hypothesis, rivals, { perplexityWeight: 2, unheardNats: 2 });
}

function hypothesisOf(text: string, score: number): Hypothesis {
  return { text, perplexityNats: 0, sequence: { score, costNats: 0 } } as unknown as Hypothesis;
}

function rival(score: number, ...hypotheses: Hypothesis[]): FreeSpeechRival {
  return { hypotheses, score, soundsLike: () => false };
}
