import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import {
  DATA,
  hasRecordings,
  readFolder,
  readKitchen,
  type Recording,
} from "../speech/recordings.ts";

const SAMPLE_RATE_HZ = 16_000;
const DEMO = fileURLToPath(new URL("../../demo/en", import.meta.url));
const FRAME_SAMPLES = 320;
/** Level below the loudest frame at which speech is over. */
const SPEECH_RANGE_DB = 30;
/** The room, below the loudest speech. */
const NOISE_DB = -30;

/** Position of a command in the session, samples. */
type Spoken = {
  readonly name: string;
  readonly startSample: number;
  readonly endSample: number;
};

export type Session = {
  readonly samples: Float32Array;
  readonly spoken: readonly Spoken[];
  /** The templates of the commands. */
  readonly intents: string;
  readonly description: string;
};

/** Joins commands with a pause after each, in a room that is never quite silent. */
export async function session(count: number, pauseMs: number): Promise<Session> {
  const { recordings, intents, description } = await commands(count);
  const pause = (pauseMs / 1000) * SAMPLE_RATE_HZ;
  const length = recordings.reduce((sum, { samples }) => sum + samples.length + pause, 2 * pause);
  const samples = new Float32Array(length);
  const spoken: Spoken[] = [];
  let at = 2 * pause; // the room first
  for (const recording of recordings) {
    samples.set(recording.samples, at);
    const end = at + endOfSpeech(recording.samples);
    spoken.push({ name: recording.name, startSample: at, endSample: end });
    at += recording.samples.length + pause;
  }
  await addRoom(samples);
  return { samples, spoken, intents, description };
}

async function commands(count: number): Promise<{
  recordings: readonly Recording[];
  intents: string;
  description: string;
}> {
  if (hasRecordings()) {
    const all = await readFolder("coffee-en/audio");
    const step = Math.max(1, Math.floor(all.length / count));
    const recordings = all.filter((_, i) => i % step === 0).slice(0, count);
    const intents = path.join(DATA, "coffee-en", "intents.yaml");
    return { recordings, intents, description: "people who order coffee (coffee-en)" };
  }
  const files = readdirSync(DEMO).filter((name) => /^[1-57]\.flac$/.test(name));
  const recordings = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const name = files[i % files.length] ?? "";
      return { name, samples: await readAudio(path.join(DEMO, name)) };
    }),
  );
  const description = "the recordings of the demo, for lack of the development recordings";
  return { recordings, intents: path.join(DEMO, "intents.yaml"), description };
}

/** The end of the last frame that is loud enough to be speech. */
function endOfSpeech(samples: Float32Array): number {
  const energies = Array.from({ length: Math.floor(samples.length / FRAME_SAMPLES) }, (_, frame) =>
    samples
      .subarray(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES)
      .reduce((sum, sample) => sum + sample * sample, 0),
  );
  const least = Math.max(...energies) * 10 ** (-SPEECH_RANGE_DB / 10);
  return (energies.findLastIndex((energy) => energy >= least) + 1) * FRAME_SAMPLES;
}

/** Adds kitchen noise, or white noise if that recording is missing. */
async function addRoom(samples: Float32Array): Promise<void> {
  const noise = hasRecordings()
    ? await readKitchen()
    : Float32Array.from({ length: SAMPLE_RATE_HZ * 10 }, () => Math.random() - 0.5);
  const gain = 10 ** (NOISE_DB / 20) * (loudest(samples) / loudest(noise));
  for (let i = 0; i < samples.length; i++) samples[i]! += gain * noise[i % noise.length]!;
}

function loudest(samples: Float32Array): number {
  let loud = 0;
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    const frame = samples.subarray(at, at + FRAME_SAMPLES);
    loud = Math.max(loud, Math.sqrt(frame.reduce((sum, s) => sum + s * s, 0) / frame.length));
  }
  return loud;
}
