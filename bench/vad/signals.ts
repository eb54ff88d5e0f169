const RATE_HZ = 16_000;
/** Frame over which the signal-to-noise ratio is defined, samples. */
const LEVEL_FRAME = 2_048;

/**
 * Adds noise that begins before the recording and ends 2 s after it. The ratio is that of the loudest frames of 128 ms,
 * as in the speech-to-intent benchmark. Infinity gives near-silence around the recording.
 */
export function mixedWithNoise(
  speech: Float32Array,
  noise: Float32Array,
  { snrDb, leadSeconds, seed }: { snrDb: number; leadSeconds: number; seed: number },
): Float32Array {
  const lead = leadSeconds * RATE_HZ;
  const total = lead + speech.length + 2 * RATE_HZ;
  const offset = Math.floor(randomFrom(seed)() * (noise.length - total));
  const part = noise.slice(offset, offset + total);
  const gain = Math.sqrt(loudest(speech) / loudest(part) / 10 ** (Math.min(snrDb, 80) / 10));
  const stream = part.map((x) => x * gain);
  for (const [i, x] of speech.entries()) stream[lead + i]! += x;
  return stream;
}

/** First and last sample of the speech in a clean recording, by 20 ms frames within 25 dB of its loud parts. */
export function speechSpan(speech: Float32Array): [number, number] {
  const levels: number[] = [];
  for (let at = 0; at + 320 <= speech.length; at += 320) levels.push(meanPower(speech, at, 320));
  const sorted = levels.toSorted((a, b) => a - b);
  const threshold = Math.max(
    sorted[Math.floor(sorted.length * 0.95)]! / 316,
    sorted[Math.floor(sorted.length * 0.1)]! * 4,
  );
  const isLoud = (i: number): boolean =>
    levels.slice(i, i + 4).filter((x) => x > threshold).length >= 3;
  const indices = [...levels.keys()].filter(isLoud);
  return [(indices[0] ?? 0) * 320, Math.min(speech.length, ((indices.at(-1) ?? 0) + 4) * 320)];
}

/** Sounds without speech, by name. */
export function noises(kitchen: Float32Array): [string, Float32Array][] {
  const random = randomFrom(1);
  const seconds = (s: number, make: (i: number) => number): Float32Array =>
    Float32Array.from({ length: s * RATE_HZ }, (_, i) => make(i));
  const white = (): number => random() + random() + random() - 1.5;
  const sine = (hz: number, i: number): number => Math.sin((2 * Math.PI * hz * i) / RATE_HZ);
  let brown = 0;
  let click = 0;
  return [
    ["digital silence, 1 hour", new Float32Array(3_600 * RATE_HZ)],
    ["16-bit dither", seconds(120, () => Math.round(white() * 0.8) / 32_768)],
    ["white noise", seconds(120, () => 0.02 * white())],
    ["brown noise", seconds(120, () => 0.01 * (brown = 0.995 * brown + white()))],
    [
      "hum 50 + 100 + 150 Hz",
      seconds(
        120,
        (i) => 0.05 * sine(50, i) + 0.02 * sine(100, i) + 0.03 * sine(150, i) + 0.0005 * white(),
      ),
    ],
    [
      "3 clicks a second",
      seconds(120, () => {
        click = random() < 3 / RATE_HZ ? 0.5 : click * 0.98;
        return click * white() + 0.001 * white();
      }),
    ],
    ["kitchen", kitchen],
    ["kitchen, 20 dB louder", kitchen.map((x) => x * 10)],
    ["kitchen, 20 dB fainter", kitchen.map((x) => x / 10)],
  ];
}

function loudest(samples: Float32Array): number {
  let max = 0;
  for (let at = 0; at + LEVEL_FRAME <= samples.length; at += LEVEL_FRAME) {
    max = Math.max(max, meanPower(samples, at, LEVEL_FRAME));
  }
  return max;
}

function meanPower(samples: Float32Array, at: number, length: number): number {
  return samples.subarray(at, at + length).reduce((sum, x) => sum + x * x, 0) / length;
}

/** Reproducible random numbers in 0…1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
