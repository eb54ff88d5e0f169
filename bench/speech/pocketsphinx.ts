import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Recording } from "./recordings.ts";

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, "../..");
const VENV_PYTHON = path.join(ROOT, "training", ".venv", "bin", "python");
const SCRIPT = path.join(import.meta.dirname, "pocketsphinx_peer.py");

export type PeerAnswers = {
  /** Text of each recording, in order. */
  readonly texts: readonly string[];
  readonly seconds: number;
  readonly peakRssMb: number;
};

/** A Python with pocketsphinx; undefined, with a message that says how to install it, if there is none. */
export async function findPocketsphinx(): Promise<string | undefined> {
  const candidates = [process.env["PYTHON"], VENV_PYTHON, "python3"];
  for (const python of candidates) {
    if (python === undefined || (path.isAbsolute(python) && !existsSync(python))) continue;
    const has = await run(python, ["-c", "import pocketsphinx"]).then(
      () => true,
      () => false,
    );
    if (has) return python;
  }
  console.error(
    "SKIPPED: pocketsphinx, the peer, is not installed. To compare with it:\n" +
      "  python3 -m venv training/.venv && training/.venv/bin/pip install pocketsphinx\n" +
      "or name a Python that has it: PYTHON=/path/to/python npm run bench -- speech",
  );
  return undefined;
}

/** Decodes the same samples as PCM16 at half of full scale. */
export async function askPocketsphinx(
  python: string,
  jsgf: string,
  recordings: readonly Recording[],
): Promise<PeerAnswers> {
  const dir = mkdtempSync(path.join(tmpdir(), "earshot-bench-"));
  try {
    const grammar = path.join(dir, "grammar.jsgf");
    const audio = path.join(dir, "audio");
    writeFileSync(grammar, jsgf);
    mkdirSync(audio);
    for (const [i, { samples }] of recordings.entries()) {
      writeFileSync(path.join(audio, `${String(i).padStart(5, "0")}.wav`), toWav(samples));
    }
    const { stdout } = await run(python, [SCRIPT, grammar, audio], { maxBuffer: 1 << 28 });
    const lines = stdout.trim().split("\n").map(readLine);
    const files = lines.filter((line) => line.file !== undefined);
    return {
      texts: files.map((line) => line.text ?? ""),
      seconds: files.reduce((sum, line) => sum + (line.seconds ?? 0), 0),
      peakRssMb: lines.at(-1)?.peakRssMb ?? 0,
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

type Line = { file?: string; text?: string; seconds?: number; peakRssMb?: number };

function readLine(line: string): Line {
  return JSON.parse(line) as Line;
}

function toWav(samples: Float32Array): Buffer {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  const wav = Buffer.alloc(44 + samples.length * 2);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(16_000, 24);
  wav.writeUInt32LE(32_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(samples.length * 2, 40);
  for (const [i, sample] of samples.entries()) {
    wav.writeInt16LE(Math.round((sample / peak) * 0.5 * 32_767), 44 + i * 2);
  }
  return wav;
}
