import type { AudioInput, ReadAudioOptions } from "../audio-input.ts";
import { concatSamples } from "../pcm.ts";
import { streamAudio } from "./stream-audio.ts";

/**
 * Reads a whole recording as mono 16 kHz Float32, with the channels averaged. The array belongs to the caller. An empty
 * recording gives an empty array; one that is cut off or damaged gives the part that can be decoded. Takes 64 kB per
 * second, so use `streamAudio` for long recordings.
 *
 * @throws EarshotError AUDIO_NOT_FOUND; AUDIO_UNSUPPORTED if it is not audio, or has an unsupported encoding or rate;
 *   AUDIO_TRUNCATED if nothing can be decoded. Throws `signal.reason` when aborted
 */
export async function readAudio(
  input: AudioInput,
  options: ReadAudioOptions = {},
): Promise<Float32Array<ArrayBuffer>> {
  const chunks: Float32Array[] = [];
  for await (const chunk of streamAudio(input, options)) chunks.push(chunk);
  return concatSamples(chunks);
}
