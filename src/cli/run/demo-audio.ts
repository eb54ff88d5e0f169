import { setTimeout as delay } from "node:timers/promises";
import { exactMs, toSamples } from "../../audio/sample-time.ts";
import { readAudio } from "../../audio/formats/read-audio.ts";

const CHUNK_SAMPLES = 480; // 30 ms, as a recorder delivers
const PAUSE_SAMPLES = toSamples(1200);

export type DemoAudioOptions = {
  /** Chunks come when a microphone would deliver them; otherwise as fast as they are asked for. */
  readonly atRealTime: boolean;
  readonly signal: AbortSignal;
};

/** The recordings one after another, with a pause after each, as a microphone would deliver them. */
export async function* demoAudio(
  files: readonly string[],
  { atRealTime, signal }: DemoAudioOptions,
): AsyncGenerator<Float32Array> {
  const startedMs = performance.now();
  let sentSamples = 0;
  for (const file of files) {
    for (const samples of [await readAudio(file, { signal }), new Float32Array(PAUSE_SAMPLES)]) {
      for (let from = 0; from < samples.length; from += CHUNK_SAMPLES) {
        const chunk = samples.subarray(from, from + CHUNK_SAMPLES);
        sentSamples += chunk.length;
        const dueMs = startedMs + exactMs(sentSamples);
        if (atRealTime) await delay(Math.max(0, dueMs - performance.now()), undefined, { signal });
        yield chunk;
      }
    }
  }
}
