/** Level of the first utterance of a script, and by how much the next is louder: 4000 utterances stay below 1. */
const LEVEL_STEP = 2 ** -12;

/** Speech, by the detector of a script. */
export function speechProbability(frame: Float32Array): number {
  return frame.some((sample) => sample !== 0) ? 1 : 0;
}

/** Samples that say by their level to which utterance they belong; `mark` counts from 1. */
export function marked(length: number, mark: number): Float32Array {
  if (mark * LEVEL_STEP >= 1) throw new RangeError("A script holds at most 4095 utterances");
  return new Float32Array(length).fill(mark * LEVEL_STEP);
}

/** The mark of the first utterance in `audio`, 0 without any, and how many samples of it there are. */
export function markOf(audio: Float32Array): { readonly mark: number; readonly samples: number } {
  const level = audio.find((sample) => sample !== 0) ?? 0;
  const samples = level === 0 ? 0 : audio.filter((sample) => sample === level).length;
  const mark = level / LEVEL_STEP;
  return { mark: Number.isInteger(mark) ? mark : 0, samples };
}
