import { streamAudio } from "../../audio/formats/stream-audio.ts";
import { exactMs } from "../../audio/sample-time.ts";
import type { AcousticModel } from "../../models/acoustic-model.ts";
import type { DecodingSettings } from "../../models/decoding-settings.ts";
import { joinPosteriors, type Posteriors, sliceFrames } from "../../models/posteriors.ts";
import type { CallContext } from "../../workers/serve.ts";
import { penalizeBlanks } from "../scoring/blank-penalty.ts";
import { speechEvidence } from "../scoring/speech-evidence.ts";
import { segmentAudio } from "./audio-segments.ts";
import { addComfortNoise } from "./comfort-noise.ts";
import { type DecodingPass, resampleFrom, stretchAt } from "./decoding-pass.ts";
import type { AudioRequest } from "./protocol.ts";

/** A stretch of audio and its first decoding pass. */
export type Utterance = DecodingPass & {
  /** Another pass, with the audio taken to be sampled at `rateHz`; undefined for more than one segment. */
  readonly passAt: (rateHz: number) => Promise<DecodingPass | undefined>;
  /** Time of the first frame in the recording, ms; negative, as the recording is padded. */
  readonly startMs: number;
  /** End of the audio without its padding, ms. */
  readonly endMs: number;
};

/** Recordings up to this many segments are one utterance; in longer ones each segment is one. */
const MAX_JOINED_SEGMENTS = 2;

/**
 * Reads audio and runs the model on it segment by segment, so that an hour takes bounded memory.
 * @throws EarshotError AUDIO_…, RECOGNITION_FAILED; `signal.reason`
 */
export async function* readUtterances(
  { audio, sampleRateHz }: AudioRequest,
  model: AcousticModel,
  settings: DecodingSettings,
  { native, signal }: CallContext,
): AsyncGenerator<Utterance> {
  const options = { signal, ...(sampleRateHz === undefined ? {} : { sampleRateHz }) };
  const { paddingMs } = settings.comfortNoise;
  // Segment by segment: the energies of two runs of the model do not compare.
  const run = async (samples: Float32Array): Promise<ModelOutput> => {
    const raw = await model.run(samples, native);
    return { raw, penalized: penalizeBlanks(raw, settings.blankPenalty) };
  };
  let held: Segment[] = [];
  let atMs = 0;
  for await (const samples of segmentAudio(streamAudio(audio, options))) {
    signal.throwIfAborted();
    const startMs = atMs;
    atMs += exactMs(samples.length);
    const padded = addComfortNoise(samples, settings.comfortNoise);
    held.push({
      ...(await run(padded)),
      passAt: async (rateHz) =>
        toPass(await run(resampleFrom(rateHz, padded)), model.frameMs / stretchAt(rateHz)),
      startMs,
      endMs: atMs,
    });
    if (held.length <= MAX_JOINED_SEGMENTS) continue;
    for (const segment of held.slice(0, -1)) {
      yield toUtterance([segment], model.frameMs, paddingMs);
    }
    held = held.slice(-1);
  }
  // The rest is the whole recording, or the last segment of a long one.
  const [first, ...more] = held;
  if (first === undefined) return;
  if (first.startMs === 0) yield toUtterance([first, ...more], model.frameMs, paddingMs);
  else for (const segment of held) yield toUtterance([segment], model.frameMs, paddingMs);
}

/** The model's output before and after the blank penalty. */
type ModelOutput = { readonly raw: Posteriors; readonly penalized: Posteriors };

/** A padded segment. */
type Segment = ModelOutput & {
  readonly passAt: (rateHz: number) => Promise<DecodingPass>;
  readonly startMs: number;
  readonly endMs: number;
};

/** Removes the padding between the segments of an utterance. */
function toUtterance(
  segments: readonly [Segment, ...Segment[]],
  frameMs: number,
  paddingMs: number,
): Utterance {
  const paddingFrames = Math.round(paddingMs / frameMs);
  const joined = (of: keyof ModelOutput): Posteriors =>
    joinPosteriors(
      segments.map(({ [of]: posteriors }, i) => {
        const from = i === 0 ? 0 : paddingFrames;
        const to = posteriors.frames - (i === segments.length - 1 ? 0 : paddingFrames);
        return sliceFrames(posteriors, from, to);
      }),
    );
  const [first, ...more] = segments;
  return {
    ...toPass({ raw: joined("raw"), penalized: joined("penalized") }, frameMs),
    passAt: async (rateHz) => (more.length === 0 ? await first.passAt(rateHz) : undefined),
    startMs: first.startMs - paddingMs,
    endMs: segments.at(-1)!.endMs,
  };
}

function toPass({ raw, penalized }: ModelOutput, frameMs: number): DecodingPass {
  return { posteriors: penalized, evidence: speechEvidence(raw, penalized), frameMs };
}
