import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { concatSamples } from "../../src/audio/pcm.ts";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { streamAudio } from "../../src/audio/formats/stream-audio.ts";

const SPEECH = path.resolve(import.meta.dirname, "../fixtures/speech");
const bytes = readFileSync(path.join(SPEECH, "turn-on-the-kitchen-light.flac"));
/** Length of every frame but the last, samples. */
const FRAME_SAMPLES = 4_096;

test.each([0.02, 0.3, 0.6, 0.9])("one damaged byte at %d costs one frame", async (share) => {
  const damaged = Uint8Array.from(bytes);
  damaged[Math.floor(bytes.length * share)]! ^= 0x55;
  const whole = await readAudio(bytes);
  const left = await readAudio(damaged);
  expect(left).toHaveLength(whole.length - FRAME_SAMPLES);
  const same = left.findIndex((sample, i) => sample !== whole[i]);
  expect(left.subarray(same)).toEqual(whole.subarray(same + FRAME_SAMPLES));
});

test("frames behind a long damaged part are found before the file ends", async () => {
  const junk = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i * 7919) >> 3));
  let hasEnded = false;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 8_000);
    yield junk;
    yield bytes.subarray(8_000);
    yield junk;
    hasEnded = true;
  }
  let samples = 0;
  for await (const chunk of streamAudio(pieces())) if (!hasEnded) samples += chunk.length;
  expect(samples).toBeGreaterThan(25_000);
});

test("the audio does not depend on where the bytes are cut, even inside a frame header", async () => {
  const whole = await readAudio(bytes);
  const second = bytes.indexOf(Uint8Array.of(0xff, 0xf8), 5_000);
  for (let cut = second - 2; cut < second + 18; cut++) {
    const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
    const chunks: Float32Array[] = [];
    for await (const chunk of streamAudio(inTurn(pieces))) chunks.push(chunk);
    expect(concatSamples(chunks)).toEqual(whole);
  }
});

test.each([
  ["a line's end", Buffer.from("\n")],
  ["an ID3v1 tag", Buffer.concat([Buffer.from("TAG"), Buffer.alloc(125)])],
  ["100 kB", Buffer.alloc(100_000, "APETAGEX")],
])("%s behind the last frame costs nothing", async (_, tail) => {
  expect(await readAudio(Buffer.concat([bytes, tail]))).toEqual(await readAudio(bytes));
});

test("pictures in the metadata do not slow the search down", { timeout: 5_000 }, async () => {
  const picture = Buffer.concat([Buffer.of(6, 0xff, 0xff, 0xff), Buffer.alloc(0xffffff, 1)]);
  const streamInfo = Buffer.from(bytes.subarray(0, 42));
  const file = Buffer.concat([streamInfo, picture, picture, bytes.subarray(42)]);
  expect(await readAudio(file)).toEqual(await readAudio(bytes));
});

test("a metadata block with a damaged length does not hide the audio", async () => {
  const damaged = Uint8Array.from(bytes);
  damaged[5] = 0xff;
  expect(await readAudio(damaged)).toEqual(await readAudio(bytes));
});

test("headers without frames do not block the thread", { timeout: 5_000 }, async () => {
  const header = bytes.subarray(5_178, 5_184);
  const junk = Buffer.alloc(800_000, Buffer.concat([header, Buffer.of(1, 2)]));
  expect(await readAudio(Buffer.concat([bytes.subarray(0, 5_178), junk]))).toHaveLength(
    2 * FRAME_SAMPLES,
  );
});

async function* inTurn(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
