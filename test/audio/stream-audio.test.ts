import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { concatSamples } from "../../src/audio/pcm.ts";
import { streamAudio } from "../../src/audio/formats/stream-audio.ts";
import { bytesOf, wavBytes } from "./signals.ts";

const HOUR_SAMPLES = 3_600 * 16_000;

test("PCM16 from a stream arrives whole however it is split, even inside a sample", async () => {
  const samples = Int16Array.from({ length: 5_000 }, (_, i) => ((i * 7919) % 65_536) - 32_768);
  const bytes = bytesOf(samples);
  const stream = new PassThrough();
  for (let at = 0, size = 1; at < bytes.length; at += size, size = 1 + ((size * 5) % 301)) {
    stream.write(bytes.slice(at, at + size));
  }
  stream.end(Uint8Array.of(1)); // half a sample at the end
  const chunks: Float32Array[] = [];
  for await (const chunk of streamAudio(stream, { format: "pcm16" })) chunks.push(chunk);
  expect(concatSamples(chunks)).toEqual(Float32Array.from(samples, (x) => x / 32_768));
});

test("chunks arrive with the bytes, not at the end", async () => {
  const stream = new PassThrough();
  const chunks = streamAudio(stream, { format: "pcm16" });
  stream.write(bytesOf(Int16Array.of(16_384, -16_384)));
  expect((await chunks.next()).value).toEqual(Float32Array.of(0.5, -0.5));
  stream.end();
  expect(await chunks.next()).toEqual({ done: true, value: undefined });
});

test("aborting ends the wait for a silent stream", async () => {
  const stream = new PassThrough();
  const controller = new AbortController();
  const next = streamAudio(stream, { format: "pcm16", signal: controller.signal }).next();
  controller.abort(new Error("enough"));
  await expect(next).rejects.toThrow("enough");
});

test("an error of the stream is thrown to the reader", async () => {
  const stream = new PassThrough();
  const next = streamAudio(stream).next();
  stream.destroy(new Error("the cable is out"));
  await expect(next).rejects.toThrow("the cable is out");
});

test.each([
  ["string", "RIFF"],
  ["Int16Array", Int16Array.of(1, 2)],
  ["Float32Array", Float32Array.of(1, 2)],
])("a stream of anything but bytes is rejected: %s", async (kind, piece) => {
  for (const format of ["pcm16", "auto"] as const) {
    const next = streamAudio(Readable.from([piece]), { format }).next();
    await expect(next).rejects.toThrow(TypeError);
    await expect(next).rejects.toThrow(`not ${kind}`);
  }
});

test("an hour of audio is decoded in bounded memory", { timeout: 60_000 }, async () => {
  const second = bytesOf(new Int16Array(16_000));
  async function* hour(): AsyncGenerator<Uint8Array> {
    yield wavBytes(new Int16Array(0), { dataBytes: HOUR_SAMPLES * 2 });
    for (let i = 0; i < 3_600; i++) yield second;
  }
  let samples = 0;
  let longest = 0;
  const before = process.memoryUsage().arrayBuffers;
  let maxBytes = 0;
  for await (const chunk of streamAudio(hour())) {
    samples += chunk.length;
    longest = Math.max(longest, chunk.length);
    maxBytes = Math.max(maxBytes, process.memoryUsage().arrayBuffers - before);
  }
  expect(samples).toBe(HOUR_SAMPLES);
  expect(longest).toBeLessThan(20_000);
  expect(maxBytes).toBeLessThan(100e6); // the whole hour is 230 MB
});
