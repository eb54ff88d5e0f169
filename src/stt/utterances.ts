import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { streamAudio } from "../audio/stream-audio.ts";
import type { CallContext } from "../workers/serve.ts";
import type { AcousticModel } from "./acoustic-model.ts";
import { segmentAudio } from "./audio-segments.ts";
import { gateBlanks } from "./decoding/blank-gate.ts";
import { PADDING_MS, withBackground } from "./background.ts";
import { joinPosteriors, type Posteriors, sliceFrames } from "./decoding/posteriors.ts";
import { GATE } from "./decoding/settings.ts";
import { type SpeechEvidence, speechEvidence } from "./decoding/speech-evidence.ts";
import type { AudioRequest } from "./protocol.ts";

/** A stretch of audio as the model hears it. */
export type Utterance = {
  readonly posteriors: Posteriors;
  readonly evidence: SpeechEvidence;
  /** Of the first frame: before the recording, as that is padded. */
  readonly startMs: number;
  readonly endMs: number;
};

/** Recordings up to this many segments are one utterance; of longer ones each segment is. */
const SEGMENTS_OF_ONE = 2;

/**
 * Reads audio and runs the model on it, segment by segment, so that an hour takes bounded memory.
 * @throws EarshotError AUDIO_…, RECOGNITION_FAILED; `signal.reason`
 */
export async function* hearUtterances(
  { audio, sampleRateHz }: AudioRequest,
  model: AcousticModel,
  { native, signal }: CallContext,
): AsyncGenerator<Utterance> {
  const options = { signal, ...(sampleRateHz === undefined ? {} : { sampleRateHz }) };
  const paddingFrames = Math.round(PADDING_MS / model.frameMs);
  let held: Part[] = [];
  let atMs = 0;
  for await (const samples of segmentAudio(streamAudio(audio, options))) {
    signal.throwIfAborted();
    const startMs = atMs;
    atMs += (samples.length / SAMPLE_RATE_HZ) * 1000;
    held.push({
      posteriors: await model.run(withBackground(samples), native),
      startMs,
      endMs: atMs,
    });
    if (held.length <= SEGMENTS_OF_ONE) continue;
    for (const part of held.slice(0, -1)) yield toUtterance([part], paddingFrames);
    held = held.slice(-1);
  }
  // What is left is the whole recording, or the last segment of a long one.
  if (held.length === 0) return;
  if (held[0]!.startMs === 0) yield toUtterance(held, paddingFrames);
  else for (const part of held) yield toUtterance([part], paddingFrames);
}

type Part = {
  /** Of the padded segment. */
  readonly posteriors: Posteriors;
  readonly startMs: number;
  readonly endMs: number;
};

/** Within an utterance the padding between its segments is taken out again. */
function toUtterance(parts: readonly Part[], paddingFrames: number): Utterance {
  const heard = joinPosteriors(
    parts.map(({ posteriors }, i) => {
      const from = i === 0 ? 0 : paddingFrames;
      const to = posteriors.frames - (i === parts.length - 1 ? 0 : paddingFrames);
      return sliceFrames(posteriors, from, to);
    }),
  );
  const posteriors = gateBlanks(heard, GATE);
  return {
    posteriors,
    evidence: speechEvidence(heard, posteriors),
    startMs: parts[0]!.startMs - PADDING_MS,
    endMs: parts.at(-1)!.endMs,
  };
}
