import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { EarshotError } from "../../src/errors.ts";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { streamAudio } from "../../src/audio/formats/stream-audio.ts";
import { amplitudeAt, levelDb, tone, wavBytes } from "./signals.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures/audio");
const fixture = (name: string): string => path.join(FIXTURES, name);

/** Recordings of the same two tones, and their length in samples at 16 kHz. */
const RECORDINGS = [
  ["8k-8bit.wav", 4_000],
  ["11k-32bit.wav", 1_601],
  ["16k-16bit.wav", 4_000],
  ["22k-double.wav", 1_600],
  ["44k-24bit-extensible.wav", 1_600],
  ["48k-float.wav", 1_600],
  ["16k.flac", 4_000],
  ["16k.oga", 4_000],
  ["44k.mp3", 8_000],
  ["44k.ogg", 32_000],
  ["48k.opus", 8_000],
] as const;
const COMPRESSED = ["16k.flac", "16k.oga", "44k.mp3", "44k.ogg", "48k.opus"];

let folder = "";
const temporary = (name: string, bytes: Uint8Array | string): string => {
  folder ||= mkdtempSync(path.join(tmpdir(), "read-audio-"));
  writeFileSync(path.join(folder, name), bytes);
  return path.join(folder, name);
};
afterEach(() => {
  if (folder !== "") rmSync(folder, { recursive: true });
  folder = "";
});

describe.each(RECORDINGS)("%s", (name, samples) => {
  test("gives both channels' tones at half their level, and nothing else", async () => {
    const audio = await readAudio(fixture(name));
    expect(audio).toHaveLength(samples);
    const body = audio.subarray(Math.floor(audio.length / 4), Math.floor((audio.length * 3) / 4));
    // LAME lowers the level by 0.45 dB.
    for (const hz of [440, 1_000])
      expect(Math.abs(amplitudeAt(body, hz) - 0.2)).toBeLessThan(0.012);
    expect(levelDb(body)).toBeCloseTo(20 * Math.log10(0.2), 0);
  });

  test("gives the same audio from its bytes", async () => {
    expect(await readAudio(readFileSync(fixture(name)))).toEqual(await readAudio(fixture(name)));
  });

  test("gives its first part when it is cut off", async () => {
    const bytes = readFileSync(fixture(name));
    const part = await readAudio(bytes.subarray(0, Math.ceil(bytes.length * 0.8)));
    const whole = await readAudio(bytes);
    expect(part.length).toBeGreaterThan(whole.length * 0.2);
    expect(part.length).toBeLessThan(whole.length);
    const sure = part.length - 300; // from there on the filter of the resampler reaches the end
    expect(levelDb(part.subarray(0, sure).map((x, i) => x - whole[i]!))).toBeLessThan(-60);
  });

  test("is rejected when it is cut off in its header", async () => {
    const bytes = readFileSync(fixture(name)).subarray(0, 40);
    const error = { code: "AUDIO_TRUNCATED" };
    await expect(readAudio(bytes)).rejects.toMatchObject(error);
  });
});

test.each(COMPRESSED)(
  "damage inside %s loses part of the audio and prints nothing",
  async (name) => {
    const printed = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
    const bytes = Uint8Array.from(readFileSync(fixture(name)));
    for (let i = 0; i < 40; i++) bytes[Math.floor(bytes.length * 0.8) + i] = (i * 89) % 256;
    expect((await readAudio(bytes)).length).toBeGreaterThan(1_000);
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  },
);

test.each(COMPRESSED)("damage at the beginning of %s gives no unexpected error", async (name) => {
  const bytes = readFileSync(fixture(name));
  for (let i = 0; i < 60; i++) {
    const damaged = Uint8Array.from(bytes);
    damaged[i] = 0xff;
    const outcome = await readAudio(damaged).catch((error: EarshotError) => error.code ?? error);
    if (outcome instanceof Float32Array) continue;
    expect(["AUDIO_TRUNCATED", "AUDIO_UNSUPPORTED"]).toContain(outcome);
  }
});

test("a short Vorbis file with a damaged header is not read as an empty one", async () => {
  const damaged = Uint8Array.from(readFileSync(fixture("44k.ogg")));
  damaged[300] = 0xff;
  await expect(readAudio(damaged)).rejects.toMatchObject({ code: "AUDIO_TRUNCATED" });
});

test("random bytes behind an MP3 add little audio", async () => {
  const mp3 = readFileSync(fixture("44k.mp3"));
  const junk = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * i * 7919) >> 3));
  const { length } = await readAudio(Buffer.concat([mp3, junk]));
  expect(length).toBeGreaterThan(7_000);
  expect(length).toBeLessThan(16_000);
});

test.each(["fLaC", "OggS", "RIFF\0\0\0\0WAVE"])(
  "%j followed by noise is rejected",
  async (magic) => {
    const noise = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i * 31) >> 2));
    await expect(readAudio(Buffer.concat([Buffer.from(magic), noise]))).rejects.toMatchObject({
      code: expect.stringMatching(/AUDIO_(TRUNCATED|UNSUPPORTED)/),
    });
  },
);

test.each(["empty.wav", "empty.flac", "empty.ogg", "empty.opus"])(
  "%s has no samples",
  async (name) => {
    expect(await readAudio(fixture(name))).toHaveLength(0);
  },
);

describe("a file that cannot be read is rejected in one line that says what to do:", () => {
  test("missing", async () => {
    expect(await refusal("/no/such.wav")).toBe(
      "AUDIO_NOT_FOUND FILE does not exist; check the path.",
    );
  });
  test("a folder", async () => {
    expect(await refusal(FIXTURES)).toBe("AUDIO_NOT_FOUND FILE is a folder; name a file in it.");
  });
  test("empty", async () => {
    expect(await refusal(temporary("a.wav", ""))).toBe(
      "AUDIO_TRUNCATED FILE is empty (0 bytes); record or copy it again.",
    );
  });
  test("text", async () => {
    expect(await refusal(temporary("a.wav", "turn on the light\n".repeat(999)))).toMatch(
      /^AUDIO_UNSUPPORTED FILE is not a recording .* convert it to WAV/,
    );
  });
  test("a file whose reading fails", async () => {
    expect(await refusal("/proc/self/mem")).toBe("AUDIO_NOT_FOUND FILE cannot be read (EIO).");
  });
  test("a device", async () => {
    expect(await refusal("/dev/null")).toMatch(/^AUDIO_UNSUPPORTED FILE is a pipe or a device/);
  });
  test("a WAV of telephone encoding", async () => {
    const bytes = wavBytes(new Int16Array(800), { tag: 6, bits: 8 });
    expect(await refusal(temporary("a.wav", bytes))).toMatch(
      /^AUDIO_UNSUPPORTED FILE is a WAV file that cannot be read: its encoding \(tag 6, 8 bit\)/,
    );
  });
  test("a rate that is too low", async () => {
    const bytes = wavBytes(new Int16Array(800), { rateHz: 4_000 });
    expect(await refusal(temporary("a.wav", bytes))).toMatch(
      /^AUDIO_UNSUPPORTED FILE has a rate of 4000 Hz; convert it to 8000 to 192000 Hz, best to 16000 Hz\.$/,
    );
  });
});

describe("a WAV file", () => {
  const samples = Int16Array.from({ length: 1_000 }, (_, i) => i);

  test.each([0xffff_ffff, 0x7fff_f800, 0x8000_0000, 5_000])(
    "that states %i bytes of audio, as one from a pipe does, gives all it has",
    async (dataBytes) => {
      expect(await readAudio(wavBytes(samples, { dataBytes }))).toHaveLength(1_000);
    },
  );

  test.each([36, 0, 0xffff_ffff, 36 + 2_000])(
    "that states no audio, as one from a killed program does, and %i bytes in all, gives all it has",
    async (riffBytes) => {
      const bytes = Buffer.from(wavBytes(samples, { dataBytes: 0 }));
      bytes.writeUInt32LE(riffBytes, 4);
      expect(await readAudio(bytes)).toHaveLength(1_000);
    },
  );

  test("without samples is empty, even if another chunk follows", async () => {
    const list = Buffer.from("LIST\x04\0\0\0abcd", "latin1");
    const bytes = Buffer.concat([wavBytes(new Int16Array(0)), list]);
    expect(await readAudio(bytes.subarray(0, 44))).toHaveLength(0);
    bytes.writeUInt32LE(bytes.length - 8, 4);
    expect(await readAudio(bytes)).toHaveLength(0);
  });

  test("with other chunks before and behind its audio gives only the audio", async () => {
    const plain = wavBytes(samples);
    const odd = Buffer.from("LIST\x03\0\0\0abc\0", "latin1");
    const bytes = Buffer.concat([plain.subarray(0, 36), odd, plain.subarray(36), odd]);
    expect(await readAudio(bytes)).toEqual(await readAudio(plain));
  });

  test("cut inside a sample gives the whole samples", async () => {
    expect(await readAudio(wavBytes(samples).subarray(0, 44 + 501))).toHaveLength(250);
  });
});

describe("raw samples", () => {
  test("of 16 kHz are copied", async () => {
    const input = tone(440, 16_000);
    const audio = await readAudio(input);
    expect(audio).toEqual(input);
    expect(audio.buffer).not.toBe(input.buffer);
  });

  test("as PCM16 are scaled to −1…1", async () => {
    expect(await readAudio(Int16Array.of(-32_768, 0, 16_384))).toEqual(Float32Array.of(-1, 0, 0.5));
  });

  test("of another rate are converted", async () => {
    const audio = await readAudio(tone(440, 8_000), { sampleRateHz: 8_000 });
    expect(audio).toHaveLength(16_000);
    expect(amplitudeAt(audio.subarray(4_000, 12_000), 440)).toBeCloseTo(0.5, 2);
  });

  test("that are not numbers, or far too loud, become silence", async () => {
    expect(await readAudio(Float32Array.of(Number.NaN, 1, -Infinity, 1e30, -1e5))).toEqual(
      Float32Array.of(0, 1, 0, 0, 0),
    );
  });

  test("may be empty", async () => {
    expect(await readAudio(new Int16Array(0))).toHaveLength(0);
    expect(await readAudio(new Float32Array(0))).toHaveLength(0);
    expect(await readAudio(new Uint8Array(0), { format: "pcm16" })).toHaveLength(0);
  });
});

test.each([
  [42, "number"],
  [null, "null"],
  [[0, 0], "Array"],
])("anything else gives a TypeError that names its type: %j", async (input, what) => {
  const error = readAudio(input as never);
  await expect(error).rejects.toThrow(TypeError);
  await expect(error).rejects.toThrow(`not ${what}`);
});

test("an aborted signal prevents the reading", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(readAudio(fixture("16k.flac"), { signal })).rejects.toThrow("enough");
});

test("leaving the loop early closes the file", async () => {
  const before = openFiles();
  const large = temporary("large.wav", wavBytes(new Int16Array(100_000)));
  for await (const chunk of streamAudio(large)) if (chunk.length > 0) break;
  expect(openFiles()).toBe(before);
});

/** Code and message, with FILE for the name of the file. */
async function refusal(input: string): Promise<string> {
  const error = await readAudio(input).catch((thrown: unknown) => thrown);
  const { code, message, place = "" } = error as EarshotError;
  return `${code} ${message.replaceAll(place, "FILE")}`;
}

function openFiles(): number {
  return readdirSync("/proc/self/fd").length;
}
