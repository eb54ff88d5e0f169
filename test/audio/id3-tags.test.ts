import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { concatSamples } from "../../src/audio/pcm.ts";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { streamAudio } from "../../src/audio/formats/stream-audio.ts";

const fixture = (name: string): Buffer =>
  readFileSync(path.resolve(import.meta.dirname, "../fixtures/audio", name));
const flac = fixture("16k.flac");
const mp3 = fixture("44k.mp3");

/** The header of a tag whose rest has `bytes` bytes. */
function header(bytes: number, flags = 0): Buffer {
  const size = [21, 14, 7, 0].map((shift) => (bytes >> shift) & 0x7f);
  return Buffer.from([...Buffer.from("ID3"), 4, 0, flags, ...size]);
}
/** A tag that contains a picture. */
const tag = (bytes: number): Buffer => Buffer.concat([header(bytes), Buffer.alloc(bytes, 0xff)]);

test.each([0, 261, 16_384, 1_000_000])(
  "an ID3v2 tag of %i bytes in front of a FLAC file does not make it an MP3",
  async (bytes) => {
    expect(await readAudio(Buffer.concat([tag(bytes), flac]))).toEqual(await readAudio(flac));
  },
);

test.each([
  ["two tags", Buffer.concat([tag(20_000), tag(300)])],
  ["a tag with a footer", Buffer.concat([header(300, 0x10), Buffer.alloc(310, "3DI")])],
])("%s in front of a recording do not change its audio", async (_, tags) => {
  for (const bytes of [flac, mp3, fixture("16k-16bit.wav"), fixture("48k.opus")])
    expect(await readAudio(Buffer.concat([tags, bytes]))).toEqual(await readAudio(bytes));
});

test("the audio does not depend on where a file with a tag is cut", async () => {
  const bytes = Buffer.concat([tag(40), flac]);
  for (const size of [1, 7, 52, 4_099]) {
    expect(await readStream(inPieces(bytes, size))).toEqual(await readAudio(flac));
  }
});

test("a tag of 100 MB is skipped in bounded memory", async () => {
  const piece = Buffer.alloc(100_000);
  const before = process.memoryUsage().arrayBuffers;
  let heldBytes = 0;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield header(100_000_000);
    for (let i = 0; i < 1_000; i++) yield piece;
    heldBytes = process.memoryUsage().arrayBuffers - before;
    yield flac;
  }
  expect(await readStream(pieces())).toEqual(await readAudio(flac));
  expect(heldBytes).toBeLessThan(10e6);
});

test("the first frame of an MP3 may begin some bytes behind its tag", async () => {
  const padding = Buffer.alloc(6_000);
  const audio = await readAudio(Buffer.concat([tag(300), padding, mp3]));
  expect(audio).toEqual(await readAudio(mp3));
});

test("a tag with a damaged length does not hide an MP3", async () => {
  const damaged = tag(300);
  damaged[6] = 0xff;
  expect((await readAudio(Buffer.concat([damaged, mp3]))).length).toBeGreaterThan(7_000);
});

test("a FLAC file without samples behind a tag is empty", async () => {
  expect(await readAudio(Buffer.concat([tag(300), fixture("empty.flac")]))).toHaveLength(0);
});

test.each([tag(300), tag(300).subarray(0, 200), header(300).subarray(0, 9)])(
  "a file of a tag, or of a part of one, is reported as cut off",
  async (bytes) => {
    await expect(readAudio(bytes)).rejects.toMatchObject({ code: "AUDIO_TRUNCATED" });
  },
);

async function readStream(pieces: AsyncIterable<Uint8Array>): Promise<Float32Array> {
  const chunks: Float32Array[] = [];
  for await (const chunk of streamAudio(pieces)) chunks.push(chunk);
  return concatSamples(chunks);
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
