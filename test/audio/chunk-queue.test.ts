import { expect, test } from "vitest";
import { ChunkQueue } from "../../src/audio/microphone/chunk-queue.ts";

test("the consumer gets the chunks in order, then the end", async () => {
  const queue = new ChunkQueue(10);
  queue.push(Float32Array.of(1));
  queue.push(Float32Array.of(2));
  queue.end();
  queue.push(Float32Array.of(3));
  expect(await queue.next()).toEqual(Float32Array.of(1));
  expect(await queue.next()).toEqual(Float32Array.of(2));
  expect(await queue.next()).toBeUndefined();
});

test("a waiting consumer gets the next chunk", async () => {
  const queue = new ChunkQueue(10);
  const next = queue.next();
  queue.push(Float32Array.of(1));
  expect(await next).toEqual(Float32Array.of(1));
});

test("the queue drops and counts the oldest chunks when too much waits", async () => {
  const queue = new ChunkQueue(5);
  for (let i = 0; i < 4; i++) queue.push(new Float32Array(2).fill(i));
  expect(queue.droppedSamples).toBe(4);
  expect(await queue.next()).toEqual(Float32Array.of(2, 2));
});

test("the queue keeps one chunk whatever its size", async () => {
  const queue = new ChunkQueue(5);
  queue.push(new Float32Array(9));
  expect(await queue.next()).toHaveLength(9);
  expect(queue.droppedSamples).toBe(0);
});

test("an error follows the waiting chunks, and only the first end counts", async () => {
  const queue = new ChunkQueue(10);
  queue.push(Float32Array.of(1));
  queue.end(new Error("gone"));
  queue.end();
  expect(await queue.next()).toEqual(Float32Array.of(1));
  await expect(queue.next()).rejects.toThrow("gone");
});
