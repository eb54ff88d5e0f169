import { describe, expect, test } from "vitest";
import { atSpeed, OTHER_SPEEDS } from "../../../src/stt/session/decoding-pass.ts";
import { amplitudeAt, levelDb, tone } from "../../audio/signals.ts";

describe.each(OTHER_SPEEDS)("played as if sampled at $rateHz Hz", (speed) => {
  test("a recording is longer by as much as is said", () => {
    const played = atSpeed(new Float32Array(48_000), speed);
    expect(played).toHaveLength(Math.ceil(48_000 * speed.stretch));
  });

  test("a tone is lower by as much, and as loud", () => {
    const played = atSpeed(tone(1_000, 16_000), speed).subarray(1_000, 14_000);
    const hz = 1_000 / speed.stretch;
    expect(amplitudeAt(played, hz)).toBeGreaterThan(20 * amplitudeAt(played, 1_000));
    expect(levelDb(played)).toBeCloseTo(levelDb(tone(1_000, 16_000)), 1);
  });
});
