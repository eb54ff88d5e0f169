import type { Posteriors } from "../../src/models/posteriors.ts";

/**
 * Posteriors written by hand: one frame per string, which names the phone that has nearly all probability;
 * "p=0.6 b=0.3" divides it. Phone 0 is the blank, "_".
 */
export function posteriorsOf(phones: readonly string[], frames: readonly string[]): Posteriors {
  const logProbs = new Float32Array(frames.length * phones.length);
  for (const [f, frame] of frames.entries()) {
    const given = frame.split(" ").map((part) => part.split("="));
    const shares = given.map(([name = "", share = "0.99"]) => [name, Number(share)] as const);
    const left = 1 - shares.reduce((sum, [, share]) => sum + share, 0);
    const rest = left / (phones.length - shares.length);
    for (const [p, phone] of phones.entries()) {
      const share = shares.find(([name]) => name === phone)?.[1] ?? rest;
      logProbs[f * phones.length + p] = Math.log(share);
    }
  }
  const energyDb = new Float32Array(frames.length);
  return { frames: frames.length, phones: phones.length, logProbs, energyDb };
}
