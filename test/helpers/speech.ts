import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readAudio } from "../../src/audio/formats/read-audio.ts";

/** Synthesised speech, mono 16 kHz. The default voice is one that the embedded model was not trained on. */
export async function say(text: string, voice = "en-us+f3"): Promise<Float32Array> {
  const folder = mkdtempSync(path.join(tmpdir(), "say-"));
  try {
    const file = path.join(folder, "speech.wav");
    const { status, stderr } = spawnSync("espeak-ng", ["-v", voice, "-s", "150", "-w", file, text]);
    if (status !== 0) throw new Error(`espeak-ng failed: ${String(stderr)}`);
    return await readAudio(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The samples and `silenceMs` of silence after them, as headerless PCM16. */
export function toPcm16(samples: Float32Array, silenceMs = 1_000): Buffer {
  const pcm = Int16Array.from(samples, (sample) => Math.round(sample * 32_767));
  return Buffer.concat([Buffer.from(pcm.buffer), Buffer.alloc(32 * silenceMs)]);
}
