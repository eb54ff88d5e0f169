import { describe, expect, test } from "vitest";
import { concatSamples } from "../../src/audio/pcm.ts";
import { type LowPass, Resampler } from "../../src/audio/resampler.ts";
import { amplitudeAt, levelDb, tone } from "./signals.ts";

const RATES_HZ = [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

describe("a tone from 48 kHz", () => {
  test.each([100, 1_000, 4_000, 7_000, 7_500])("of %i Hz keeps its level within 0.1 dB", (hz) => {
    const output = resample(tone(hz, 48_000), 48_000);
    expect(Math.abs(levelDb(middle(output)) - levelDb(tone(hz, 16_000)))).toBeLessThan(0.1);
  });

  test.each([8_500, 9_000, 12_000, 15_999, 20_000, 23_900])("of %i Hz is 80 dB down", (hz) => {
    const output = resample(tone(hz, 48_000), 48_000);
    expect(levelDb(middle(output))).toBeLessThan(levelDb(tone(1_000, 48_000)) - 80);
  });
});

test("a gentler low-pass keeps tones below its pass edge and suppresses those above its stop edge", () => {
  const gentle: LowPass = { stopBandDb: 50, passEdge: 0.85, stopEdge: 1.15 };
  const kept = resample(tone(6_500, 48_000), 48_000, gentle);
  expect(Math.abs(levelDb(middle(kept)) - levelDb(tone(6_500, 16_000)))).toBeLessThan(0.1);
  const suppressed = resample(tone(9_500, 48_000), 48_000, gentle);
  expect(levelDb(middle(suppressed))).toBeLessThan(levelDb(tone(1_000, 48_000)) - 48);
});

test.each(RATES_HZ)(
  "from %i Hz, a tone is converted as if it had been sampled at 16 kHz",
  (rate) => {
    const hz = 440;
    const output = resample(tone(hz, rate), rate);
    const expected = tone(hz, 16_000);
    const worst = Math.max(...middle(output).map((x, i) => Math.abs(x - middle(expected)[i]!)));
    expect(worst).toBeLessThan(2e-4);
  },
);

test("8 kHz input gives no image above 4 kHz", () => {
  const output = middle(resample(tone(1_000, 8_000), 8_000));
  expect(amplitudeAt(output, 7_000)).toBeLessThan(amplitudeAt(output, 1_000) / 1e4);
});

test.each(RATES_HZ)(
  "from %i Hz, the output has the duration of the input, rounded up to a sample",
  (rate) => {
    for (const samples of [0, 1, 2, 99, rate]) {
      const expected = Math.ceil((samples * 16_000) / rate);
      expect(resample(new Float32Array(samples), rate)).toHaveLength(expected);
    }
  },
);

test("a rate without common divisors works", () => {
  const output = resample(tone(440, 44_101), 44_101);
  expect(Math.abs(levelDb(middle(output)) - levelDb(tone(440, 16_000)))).toBeLessThan(0.1);
});

test("the output does not depend on how the input is cut", () => {
  const input = Float32Array.from({ length: 5_000 }, (_, i) => Math.sin(i * i * 1e-4));
  const whole = resample(input, 44_100);
  const resampler = new Resampler(44_100);
  const parts: Float32Array[] = [];
  for (let at = 0, size = 1; at < input.length; at += size, size = 1 + ((size * 7 + 3) % 997)) {
    parts.push(resampler.push(input.subarray(at, at + size)));
  }
  expect(concatSamples([...parts, resampler.flush()])).toEqual(whole);
});

test("16 kHz passes unchanged, as a copy", () => {
  const input = tone(440, 16_000);
  const output = new Resampler(16_000).push(input);
  expect(output).toEqual(input);
  expect(output.buffer).not.toBe(input.buffer);
});

test.each([0, 7_999, 192_001, 44_100.5, Number.NaN])("%d Hz is rejected", (rate) => {
  expect(() => new Resampler(rate)).toThrow(RangeError);
});

function resample(input: Float32Array, rateHz: number, lowPass?: LowPass): Float32Array {
  const resampler = new Resampler(rateHz, lowPass);
  return concatSamples([resampler.push(input), resampler.flush()]);
}

/** Drops the ends, where the filter reaches the silence around the recording. */
function middle(samples: Float32Array): Float32Array {
  return samples.subarray(2_000, 14_000);
}
