import { describe, expect, test } from "vitest";
import { resampleFrom, stretchAt } from "../../../src/stt/session/decoding-pass.ts";
import { amplitudeAt, levelDb, tone } from "../../audio/signals.ts";

describe.each([15_000, 17_000])("taken to be sampled at %i Hz", (rateHz) => {
  test("a recording is longer by its stretch", () => {
    const played = resampleFrom(rateHz, new Float32Array(48_000));
    expect(played).toHaveLength(Math.ceil(48_000 * stretchAt(rateHz)));
  });

  test("a tone is lower by as much, and as loud", () => {
    const played = resampleFrom(rateHz, tone(1_000, 16_000)).subarray(1_000, 14_000);
    const hz = 1_000 / stretchAt(rateHz);
    expect(amplitudeAt(played, hz)).toBeGreaterThan(20 * amplitudeAt(played, 1_000));
    expect(levelDb(played)).toBeCloseTo(levelDb(tone(1_000, 16_000)), 1);
  });
});
