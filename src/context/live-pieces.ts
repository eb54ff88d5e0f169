import { types } from "node:util";
import { isStream } from "../audio/assert-audio.ts";
import { silenceInvalidSamples } from "../audio/pcm.ts";
import { toSamples } from "../audio/sample-time.ts";
import { kindOf } from "../base/kind-of.ts";

/** Wake, cool-down and sleep are decided once per piece of 100 ms, however the audio is cut. */
const PIECE_SAMPLES = toSamples(100);

/** @throws TypeError for what gives no chunks one after another, saying what to give instead */
export function assertGivesChunks(audio: unknown): void {
  if (isStream(audio)) return;
  throw new TypeError(
    `audio must give Float32Array chunks one after another (an async iterable), not ${kindOf(audio)}; for a file or a stream of bytes use streamAudio(…), for a microphone openMicrophone(…)`,
  );
}

/**
 * A chunk of live audio in pieces of at most 100 ms, the receiver's own. Silence stands for samples that cannot be, such
 * as NaN: one of them would deafen for good.
 * @throws TypeError for anything but a Float32Array, saying how to make one
 */
export function* livePieces(chunk: unknown): Generator<Float32Array<ArrayBuffer>> {
  if (!types.isFloat32Array(chunk)) {
    throw new TypeError(
      `audio must give Float32Array chunks (mono, 16 kHz), not ${kindOf(chunk)}; for bytes use streamAudio(stream, { format: "pcm16" })`,
    );
  }
  for (let at = 0; at < chunk.length; at += PIECE_SAMPLES) {
    yield silenceInvalidSamples(chunk.subarray(at, at + PIECE_SAMPLES));
  }
}
