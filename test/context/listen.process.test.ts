import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { VoiceContext } from "../../src/context/voice-context.ts";
import { EarshotError } from "../../src/errors.ts";
import { Attention } from "../../src/context/attention.ts";
import type { ListenEvent } from "../../src/context/events.ts";
import { listen, type ListenOptions } from "../../src/context/listen.ts";
import type { LiveRecognizer } from "../../src/context/live-recognizer.ts";

const DEMO = path.resolve(import.meta.dirname, "../../demo/en");
const PAUSE = new Float32Array(20_000);

let ctx: VoiceContext;
let lights: Float32Array;
/** "stop the music", which serves as the wake phrase, since that recording is there; then two commands. */
let scene: Float32Array;
beforeAll(async () => {
  ctx = await VoiceContext.start({ intents: path.join(DEMO, "intents.yaml") });
  lights = await recording("1.flac");
  const [wake, blinds] = [await recording("7.flac"), await recording("3.flac")];
  scene = joined(PAUSE, wake, PAUSE, blinds, PAUSE, lights, PAUSE);
});
afterAll(() => ctx.close());

function recording(name: string): Promise<Float32Array> {
  return readAudio(path.join(DEMO, name));
}

function joined(...parts: Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

async function* chunks(samples: Float32Array, size: number): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += size) yield samples.subarray(at, at + size);
}

async function all(events: AsyncIterable<ListenEvent>): Promise<ListenEvent[]> {
  const seen: ListenEvent[] = [];
  for await (const event of events) if (event.type !== "partial") seen.push(event);
  return seen;
}

const untimed = (events: ListenEvent[]): unknown[] => events.map((e) => ({ ...e, atMs: 0 }));

test("however the audio is cut, the same is heard, at most 100 ms earlier or later", async () => {
  const cut = async (size: number): Promise<ListenEvent[]> => {
    const events = await all(ctx.listen(chunks(scene, size), { wake: "stop the music" }));
    return events.map((event) => ({ ...event, tookMs: 0 }));
  };
  const byPieces = await cut(1_600);
  expect(byPieces).toContainEqual(expect.objectContaining({ type: "intent" }));
  expect(await cut(8 * 16_000)).toEqual(byPieces);
  expect(await cut(scene.length)).toEqual(byPieces);
  for (const size of [480, 1_000, 7_777]) {
    const events = await cut(size);
    expect(untimed(events)).toEqual(untimed(byPieces));
    const lateMs = events.map(({ atMs }, i) => Math.abs(atMs - byPieces[i]!.atMs));
    expect(Math.max(...lateMs)).toBeLessThanOrEqual(100);
  }
});

test.each([Number.NaN, Infinity, -1e30])("a sample of %d does not deafen", async (sample) => {
  const damaged = joined(PAUSE, lights, PAUSE, lights, PAUSE);
  damaged[1_600] = damaged[PAUSE.length + lights.length + 8_000] = sample;
  const events = await all(ctx.listen(chunks(damaged, 1_600)));
  const intents = events.flatMap((event) => (event.type === "intent" ? [event.intent?.name] : []));
  expect(intents).toEqual(["LightsOn", "LightsOn"]);
});

test.each([
  ["a path", "kitchen.wav", "not string; for a file"],
  ["samples", new Float32Array(10), "not Float32Array; for a file"],
  ["bytes", chunksOf(Buffer.alloc(320)), "not Buffer; for bytes use streamAudio"],
  ["arrays of numbers", chunksOf([0, 0.1]), "not Array; for bytes use streamAudio"],
])("what is no live audio is refused, saying what to give: %s", async (_, audio, message) => {
  const events = ctx.listen(audio as AsyncIterable<Float32Array>);
  await expect(all(events)).rejects.toThrow(message);
  await expect(all(ctx.listen(audio as AsyncIterable<Float32Array>))).rejects.toThrow(TypeError);
});

test.each([
  { coolDownMs: Number.NaN },
  { coolDownMs: -1 },
  { endpointing: { threshold: Number.NaN } },
])("a number that cannot be is refused: %j", async (options) => {
  await expect(all(ctx.listen(chunks(PAUSE, 480), options))).rejects.toThrow(RangeError);
});

function chunksOf(...values: unknown[]): AsyncIterable<unknown> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* values;
    },
  };
}

/** Hears nothing; what a partial is, the test says. */
function deaf(partial: LiveRecognizer["partial"]): LiveRecognizer {
  const nothing = {
    text: "",
    intent: null,
    decision: "reject",
    candidates: [],
    words: [],
  } as const;
  const recognition = { ...nothing, language: "en", audioMs: 0, tookMs: 0 } as const;
  return { recognize: async () => recognition, partial };
}

async function heardBy(recognizer: LiveRecognizer, options?: ListenOptions): Promise<string[]> {
  const audio = chunks(joined(PAUSE, PAUSE, lights, PAUSE), 480);
  return (await all(listen(audio, recognizer, options))).map(({ type }) => type);
}

test("a partial that fails ends neither the utterance nor the listening, and no other is asked for", async () => {
  let asked = 0;
  const recognizer = deaf(async () => {
    asked++;
    throw new EarshotError("RECOGNITION_FAILED", "the model failed");
  });
  expect(await heardBy(recognizer)).toEqual([
    "ready",
    "speech-start",
    "speech-end",
    "final",
    "ignored",
  ]);
  expect(asked).toBe(1);
});

test("a partial that fails since the context is closed, or by a mistake, ends the listening", async () => {
  const closed = new EarshotError("CONTEXT_CLOSED", "the context is closed");
  for (const error of [closed, new RangeError("a mistake")])
    await expect(heardBy(deaf(() => Promise.reject(error)))).rejects.toBe(error);
});

test("an utterance of which nothing was told is given up silently for a reply", async () => {
  const attention = new Attention();
  const audio = async function* (): AsyncGenerator<Float32Array> {
    yield lights.subarray(0, 16_000); // speech while the room is still being measured
    attention.mute();
    yield lights.subarray(16_000);
  };
  const events = await all(
    listen(
      audio(),
      deaf(async () => ""),
      { attention },
    ),
  );
  expect(events.map(({ type }) => type)).toEqual(["ready"]);
});
