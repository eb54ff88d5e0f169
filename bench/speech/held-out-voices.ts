import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import type { Language } from "../../src/languages/language.ts";

/** Voices of espeak-ng that no model of the recipe has heard (`training/earshot_training/speech/synthesis.py`), in several accents. */
export const HELD_OUT_VOICES: Readonly<Record<Language, readonly string[]>> = {
  en: ["en-us+f3", "en-gb+m5", "en-gb-scotland+Annie", "en-us+michel"],
  fr: ["fr+f3", "fr+m5", "fr-be+Annie", "fr-ch+michel"],
};
const WORDS_PER_MINUTE = "150";

/**
 * Synthesises a sentence with a voice of espeak-ng, or with "pico", the French voice of SVOX; mono 16 kHz.
 *
 * @param folder holds the intermediate file, so it serves one sentence at a time
 * @throws Error with the output of the synthesiser if it fails or is not installed
 */
export async function speak(folder: string, text: string, voice: string): Promise<Float32Array> {
  const file = path.join(folder, "spoken.wav");
  const [program, args] =
    voice === "pico"
      ? ["pico2wave", ["-l", "fr-FR", "-w", file, text]]
      : ["espeak-ng", ["-v", voice, "-s", WORDS_PER_MINUTE, "-w", file, text]];
  const { status, stderr, error } = spawnSync(program, args);
  if (status !== 0) throw error ?? new Error(`${program} failed: ${String(stderr)}`);
  const samples = await readAudio(file);
  rmSync(file);
  return samples;
}
