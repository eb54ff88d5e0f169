import { toSamples } from "../../audio/sample-time.ts";

/** Bounds a segment, so that a native call stays short. */
const MAX_SEGMENT_SAMPLES = toSamples(15_000);
/** Earliest cut in a segment: short segments give the model too little context. */
const MIN_CUT_SAMPLES = toSamples(8000);
/** Bounds what is added at once, and with it the buffer. */
const PIECE_SAMPLES = toSamples(1000);
const WINDOW_SAMPLES = toSamples(300);
const STEP_SAMPLES = toSamples(50);

/**
 * Cuts a stream of samples at its quietest places, into segments of 8 to 15 s. Holds one segment at most.
 * @param chunks mono, 16 kHz; copied
 */
export async function* segmentAudio(
  chunks: AsyncIterable<Float32Array>,
): AsyncGenerator<Float32Array> {
  const held = new Float32Array(MAX_SEGMENT_SAMPLES + PIECE_SAMPLES);
  let length = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_SAMPLES) {
      const piece = chunk.subarray(at, at + PIECE_SAMPLES);
      held.set(piece, length);
      length += piece.length;
      if (length <= MAX_SEGMENT_SAMPLES) continue;
      const cut = quietestSample(held.subarray(0, MAX_SEGMENT_SAMPLES));
      yield held.slice(0, cut);
      held.copyWithin(0, cut, length);
      length -= cut;
    }
  }
  if (length > 0) yield held.slice(0, length);
}

/** The middle of the window with the lowest energy from the earliest cut on. */
function quietestSample(samples: Float32Array): number {
  let quietest = samples.length;
  let lowest = Infinity;
  for (let at = MIN_CUT_SAMPLES; at + WINDOW_SAMPLES <= samples.length; at += STEP_SAMPLES) {
    const energy = energyOf(samples.subarray(at, at + WINDOW_SAMPLES));
    if (energy > lowest) continue;
    lowest = energy;
    quietest = at + WINDOW_SAMPLES / 2;
  }
  return quietest;
}

function energyOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}
