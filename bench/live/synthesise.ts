import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { readAudio } from "../../src/audio/formats/read-audio.ts";

export type Voice = "slt" | "rms" | "awb";

/** A sentence in a voice of flite, mono 16 kHz, as loud as speech to a device. Needs flite and sox. */
export async function synthesise(
  folder: string,
  voice: Voice,
  text: string,
): Promise<Float32Array> {
  const [raw, wav] = ["raw.wav", "spoken.wav"].map((name) => path.join(folder, name)) as [
    string,
    string,
  ];
  execFileSync("flite", ["-voice", voice, "-t", text, "-o", raw]);
  execFileSync("sox", [raw, "-r", "16000", "-c", "1", "-b", "16", wav, "gain", "-n", "-6"]);
  const samples = await readAudio(wav);
  for (const file of [raw, wav]) rmSync(file);
  return samples;
}

/** Brown noise, like a fan behind a wall, with an RMS of −45 dB of full scale plus `gainDb`. */
export function roomNoise(ms: number, gainDb = 0): Float32Array {
  const samples = new Float32Array(ms * 16);
  let level = 0;
  let energy = 0;
  for (let i = 0; i < samples.length; i++) {
    level = 0.98 * level + 0.02 * (Math.random() - 0.5);
    samples[i] = level;
    energy += level * level;
  }
  const gain = 10 ** ((gainDb - 45) / 20) / Math.sqrt(energy / samples.length);
  return samples.map((sample) => sample * gain);
}
