import { describe, expect, it } from "vitest";
import { agree } from "../../../src/stt/decision/combine-passes.ts";
import type { Reading } from "../../../src/stt/scoring/hypothesis.ts";

describe("several listenings", () => {
  it("agree on the words that both find likely, though each likes others best", () => {
    const heard = agree([
      listening("first", { "a large latte": -10, "a large mocha": -11 }),
      listening("second", { "a large cortado": -20, "a large mocha": -21 }),
    ]);
    expect(heard.readings[0]?.text).toBe("a large mocha");
  });

  it("take the words from the listening that ranks them highest", () => {
    const heard = agree([
      listening("first", { yes: -10, no: -12 }),
      listening("second", { no: -10, yes: -17 }),
    ]);
    expect(heard).toMatchObject({ name: "second", readings: [{ text: "no" }, { text: "yes" }] });
  });

  it("count scores from free phones on, as a slower listening has more frames to lose on", () => {
    const slow = { ...listening("second", { no: -60, yes: -64 }), freeScore: -58 };
    const heard = agree([listening("first", { yes: -3, no: -5 }), slow]);
    expect(heard.readings[0]?.text).toBe("no");
  });

  it("keep what one of them hears where the other hears nothing", () => {
    const heard = agree([listening("first", {}), listening("second", { yes: -9 })]);
    expect(heard).toMatchObject({ name: "second", readings: [{ text: "yes" }] });
    expect(agree([listening("first", {}), listening("second", {})]).readings).toEqual([]);
  });

  it("follow the two that agree where the third hears something else", () => {
    const heard = agree([
      listening("first", { no: -9, yes: -10 }),
      listening("second", { yes: -9, no: -10 }),
      listening("third", { yes: -4, no: -9 }),
    ]);
    expect(heard.readings[0]?.text).toBe("yes");
  });

  it("say how far other words lie behind, by the mean of all", () => {
    const { behindNats } = agree([
      listening("first", { yes: -9, no: -9.5 }),
      listening("second", { yes: -9, no: -12 }),
    ]);
    expect(Object.fromEntries(behindNats)).toEqual({ yes: 0, no: 1.75 });
  });
});

function listening(name: string, scores: Record<string, number>) {
  const readings = Object.entries(scores).map(
    ([text, score]) => ({ text, hypothesis: { score } }) as unknown as Reading,
  );
  return { name, readings, freeScore: 0 };
}
