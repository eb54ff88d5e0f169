import { SAMPLE_RATE_HZ } from "../../audio/pcm.ts";
import { streamAudio } from "../../audio/formats/stream-audio.ts";
import type { CallContext } from "../../workers/serve.ts";
import type { AcousticModel } from "../../models/acoustic-model.ts";
import { segmentAudio } from "./audio-segments.ts";
import { gateBlanks } from "../scoring/blank-penalty.ts";
import { PADDING_MS, withBackground } from "./comfort-noise.ts";
import { joinPosteriors, type Posteriors, sliceFrames } from "../../models/posteriors.ts";
import { GATE } from "../decoders/settings.ts";
import { speechEvidence } from "../scoring/speech-evidence.ts";
import { atSpeed, type Listening, type Speed } from "./decoding-pass.ts";
import type { AudioRequest } from "./protocol.ts";

/** A stretch of audio as the model hears it. */
export type Utterance = Listening & {
  /** Hears it again at another speed; undefined where it is longer than one segment. */
  readonly listenAt: (speed: Speed) => Promise<Listening | undefined>;
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
  let held: Part[] = [];
  let atMs = 0;
  for await (const samples of segmentAudio(streamAudio(audio, options))) {
    signal.throwIfAborted();
    const startMs = atMs;
    atMs += (samples.length / SAMPLE_RATE_HZ) * 1000;
    const padded = withBackground(samples);
    held.push({
      ...gated(await model.run(padded, native)),
      listenAt: async (speed) => {
        const again = gated(await model.run(atSpeed(padded, speed), native));
        return toListening(again, model.frameMs / speed.stretch);
      },
      startMs,
      endMs: atMs,
    });
    if (held.length <= SEGMENTS_OF_ONE) continue;
    for (const part of held.slice(0, -1)) yield toUtterance([part], model.frameMs);
    held = held.slice(-1);
  }
  // What is left is the whole recording, or the last segment of a long one.
  const [first, ...more] = held;
  if (first === undefined) return;
  if (first.startMs === 0) yield toUtterance([first, ...more], model.frameMs);
  else for (const part of held) yield toUtterance([part], model.frameMs);
}

/** What the model put out, and the same as the search takes it. */
type Gated = { readonly heard: Posteriors; readonly posteriors: Posteriors };

/** A padded segment. */
type Part = Gated & {
  readonly listenAt: (speed: Speed) => Promise<Listening>;
  readonly startMs: number;
  readonly endMs: number;
};

/** Within an utterance the padding between its segments is taken out again. */
function toUtterance(parts: readonly [Part, ...Part[]], frameMs: number): Utterance {
  const paddingFrames = Math.round(PADDING_MS / frameMs);
  const joined = (of: keyof Gated): Posteriors =>
    joinPosteriors(
      parts.map(({ [of]: posteriors }, i) => {
        const from = i === 0 ? 0 : paddingFrames;
        const to = posteriors.frames - (i === parts.length - 1 ? 0 : paddingFrames);
        return sliceFrames(posteriors, from, to);
      }),
    );
  const [first, ...more] = parts;
  return {
    ...toListening({ heard: joined("heard"), posteriors: joined("posteriors") }, frameMs),
    listenAt: async (speed) => (more.length === 0 ? await first.listenAt(speed) : undefined),
    startMs: first.startMs - PADDING_MS,
    endMs: parts.at(-1)!.endMs,
  };
}

/** Segment by segment: the energies of two runs of the model do not compare. */
function gated(heard: Posteriors): Gated {
  return { heard, posteriors: gateBlanks(heard, GATE) };
}

function toListening({ heard, posteriors }: Gated, frameMs: number): Listening {
  return { posteriors, evidence: speechEvidence(heard, posteriors), frameMs };
}
