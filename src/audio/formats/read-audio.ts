import type { AudioInput, ReadAudioOptions } from "../audio-input.ts";
import { concatSamples } from "../pcm.ts";
import { streamAudio } from "./stream-audio.ts";

/**
 * Reads a whole recording as mono 16 kHz Float32, channels averaged; the array is the caller's own. A
 * recording of no samples gives an empty array; one that breaks off, or is damaged, gives what there is of it.
 * Holds 64 kB for each second: for long recordings use `streamAudio`.
 *
 * Errors: AUDIO_NOT_FOUND, AUDIO_UNSUPPORTED (not audio, or an encoding or rate that is not read),
 * AUDIO_TRUNCATED (nothing could be decoded); `signal.reason` when aborted.
 */
export async function readAudio(
  input: AudioInput,
  options: ReadAudioOptions = {},
): Promise<Float32Array<ArrayBuffer>> {
  const chunks: Float32Array[] = [];
  for await (const chunk of streamAudio(input, options)) chunks.push(chunk);
  return concatSamples(chunks);
}
