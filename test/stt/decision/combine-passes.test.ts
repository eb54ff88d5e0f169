import { describe, expect, it } from "vitest";
import {
  type CombinedPasses,
  combinePasses,
  type PassHypotheses,
} from "../../../src/stt/decision/combine-passes.ts";
import type { Hypothesis } from "../../../src/stt/scoring/hypothesis.ts";

describe("several decoding passes", () => {
  it("choose the text that both find likely, though each prefers another", () => {
    const combined = combine([
      pass("first", { "a large latte": -10, "a large mocha": -11 }),
      pass("second", { "a large cortado": -20, "a large mocha": -21 }),
    ]);
    expect(combined.hypotheses[0]?.text).toBe("a large mocha");
  });

  it("take the words from the pass that ranks the text highest", () => {
    const combined = combine([
      pass("first", { yes: -10, no: -12 }),
      pass("second", { no: -10, yes: -17 }),
    ]);
    expect(combined).toMatchObject({
      name: "second",
      hypotheses: [{ text: "no" }, { text: "yes" }],
    });
  });

  it("compare gaps to free phones, as a slower pass has more frames to lose on", () => {
    const slow = { ...pass("second", { no: -60, yes: -64 }), freeScore: -58 };
    const combined = combine([pass("first", { yes: -3, no: -5 }), slow]);
    expect(combined.hypotheses[0]?.text).toBe("no");
  });

  it("keep the text of one pass where the other has none", () => {
    const combined = combine([pass("first", {}), pass("second", { yes: -9 })]);
    expect(combined).toMatchObject({ name: "second", hypotheses: [{ text: "yes" }] });
    expect(combine([pass("first", {}), pass("second", {})]).hypotheses).toEqual([]);
  });

  it("follow the two that agree where the third prefers another text", () => {
    const combined = combine([
      pass("first", { no: -9, yes: -10 }),
      pass("second", { yes: -9, no: -10 }),
      pass("third", { yes: -4, no: -9 }),
    ]);
    expect(combined.hypotheses[0]?.text).toBe("yes");
  });

  it("say how far other texts lie behind, by the mean of all", () => {
    const { behindNats } = combine([
      pass("first", { yes: -9, no: -9.5 }),
      pass("second", { yes: -9, no: -12 }),
    ]);
    expect(Object.fromEntries(behindNats)).toEqual({ yes: 0, no: 1.75 });
  });
});

function combine<T extends PassHypotheses>(passes: readonly [T, ...T[]]): CombinedPasses<T> {
  return combinePasses(passes, { unheardNats: 2 });
}

function pass(name: string, scores: Record<string, number>) {
  const hypotheses = Object.entries(scores).map(
    ([text, score]) => ({ text, sequence: { score } }) as unknown as Hypothesis,
  );
  return { name, hypotheses, freeScore: 0 };
}
