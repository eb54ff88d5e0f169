import { describe, expect, test } from "vitest";
import { penalizeBlanks } from "../../../src/stt/scoring/blank-penalty.ts";
import { posteriorsOf } from "../posteriors.ts";

const PHONES = ["_", "a", "b", "k", "t"];

/** Energies of 41 frames, dB. */
const loudBefore = (frame: number): Float32Array =>
  Float32Array.from({ length: 41 }, (_, f) => (f < frame ? -20 : -60));

/** What a penalty leaves of a blank of 0.98, log-probability. */
const blankLess = (nats: number): number =>
  Math.log((0.98 * Math.exp(-nats)) / (0.98 * Math.exp(-nats) + 0.02));

describe("the blank penalty", () => {
  const settings = {
    penaltyNats: 2,
    reachFrames: 3,
    phoneProbability: 0.5,
    smoothingFrames: 13,
    floorQuantile: 0.1,
    peakQuantile: 0.97,
    quiet: 0.25,
    loud: 0.75,
  };
  const quiet = Array.from({ length: 20 }, () => "_=0.98");
  const oneLetter = posteriorsOf(PHONES, [...quiet, "a=0.9 _=0.08", ...quiet]);
  const blankAt = (frame: number, { logProbs }: typeof oneLetter): number =>
    logProbs[frame * PHONES.length]!;

  test("is half within reach of a phone", () => {
    const penalized = penalizeBlanks(oneLetter, settings);
    for (const frame of [17, 19, 21, 23])
      expect(blankAt(frame, penalized)).toBeCloseTo(blankLess(1), 4);
    // A frame with hardly a phone has a 50th of the penalty itself.
    for (const frame of [0, 16, 24, 40])
      expect(blankAt(frame, penalized)).toBeCloseTo(blankLess(0.04), 4);
  });

  test("is half where the utterance is loud", () => {
    const penalized = penalizeBlanks({ ...oneLetter, energyDb: loudBefore(14) }, settings);
    expect(blankAt(0, penalized)).toBeCloseTo(blankLess(1.04), 4);
    expect(blankAt(30, penalized)).toBeCloseTo(blankLess(0.04), 4);
  });

  test("is whole near a phone in a loud part", () => {
    const penalized = penalizeBlanks({ ...oneLetter, energyDb: loudBefore(30) }, settings);
    expect(blankAt(19, penalized)).toBeCloseTo(blankLess(2), 4);
  });

  test("leaves a distribution in every frame", () => {
    const penalized = penalizeBlanks(oneLetter, settings);
    for (let frame = 0; frame < penalized.frames; frame++) {
      const row = penalized.logProbs.subarray(frame * PHONES.length, (frame + 1) * PHONES.length);
      expect(row.reduce((sum, logProb) => sum + Math.exp(logProb), 0)).toBeCloseTo(1, 5);
    }
  });
});
