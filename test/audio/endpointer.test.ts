import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { EndpointerOptions } from "../../src/audio/endpointing/endpointer-options.ts";
import { Endpointer, type EndpointerEvent } from "../../src/audio/endpointing/endpointer.ts";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { levelDb } from "./signals.ts";

/** "turn on the light in the kitchen", a synthesised voice; 16 kHz. */
const SPEECH_FILE = path.resolve(import.meta.dirname, "../fixtures/audio/speech.flac");
const SECOND = 16_000;

let speech: Float32Array;
beforeAll(async () => {
  speech = await readAudio(SPEECH_FILE);
});

type End = Extract<EndpointerEvent, { type: "speech-end" }>;

test("a sentence in a quiet room is one utterance that contains all of it", () => {
  const events = listen(stream(3, speech, 2));
  expect(events.map(({ type }) => type)).toEqual(["speech-start", "speech-end"]);
  const [start, end] = events as [EndpointerEvent, End];
  expect(start.atSample).toBeGreaterThan(2.9 * SECOND);
  expect(start.atSample).toBeLessThan(3.2 * SECOND);
  expect(end.startSample).toBeLessThan(3 * SECOND);
  expect(end.startSample + end.samples.length).toBeGreaterThan(3 * SECOND + speech.length);
  expect(end.reason).toBe("silence");
});

test("an utterance ends after silenceMs of silence", () => {
  const input = stream(3, speech, 4);
  const decidedAt = (silenceMs: number): number => {
    const endpointer = new Endpointer({ silenceMs });
    for (let at = 0; at < input.length; at += 320) {
      const events = endpointer.push(input.subarray(at, at + 320));
      if (events.some(({ type }) => type === "speech-end")) return at / 16;
    }
    return Infinity;
  };
  const spoken = 3_000 + speech.length / 16;
  expect(decidedAt(600)).toBeGreaterThan(spoken + 300);
  expect(decidedAt(600)).toBeLessThan(spoken + 900);
  expect(decidedAt(1_200) - decidedAt(600)).toBe(600);
});

test("the events do not depend on how the stream is cut into chunks", () => {
  const input = stream(2.5, speech, 1.5);
  const whole = outline(listen(input, {}, input.length));
  expect(outline(listen(input, {}, 1))).toEqual(whole);
  expect(outline(listen(input, {}, 333))).toEqual(whole);
});

test("speech during the calibration is not lost", () => {
  const [start, end] = listen(stream(0.2, speech, 2)) as [EndpointerEvent, End];
  expect(start.atSample).toBeLessThan(0.5 * SECOND);
  expect(end.startSample + end.samples.length).toBeGreaterThan(0.2 * SECOND + speech.length);
});

test("a stream that ends during speech gives an utterance", () => {
  const input = stream(3, speech.subarray(0, speech.length * 0.7), 0);
  const end = listen(input).at(-1) as End;
  expect(end.reason).toBe("flush");
  expect(end.startSample + end.samples.length).toBe(input.length);
});

test("a stream shorter than the calibration is judged at its end", () => {
  expect(listen(stream(0.1, speech.subarray(0, SECOND), 0.3)).map(({ type }) => type)).toEqual([
    "speech-start",
    "speech-end",
  ]);
});

test("two sentences are two utterances that do not overlap", () => {
  const input = join(stream(3, speech, 1.2), stream(0, speech, 2));
  const [, first, , second] = listen(input) as [unknown, End, unknown, End];
  expect(second.startSample).toBeGreaterThanOrEqual(first.startSample + first.samples.length);
  expect(second.startSample).toBeLessThan(3 * SECOND + speech.length + 1.2 * SECOND);
});

test("a pause shorter than silenceMs does not end the utterance", () => {
  const input = join(stream(3, speech, 0.35), stream(0, speech, 2));
  expect(listen(input)).toHaveLength(2);
});

test("endless speech is cut at maxUtteranceMs, and nothing of it is lost", () => {
  const long = join(...Array.from({ length: 8 }, () => speech));
  const ends = listen(join(stream(3, long, 2)), { maxUtteranceMs: 4_000, normalize: false }).filter(
    (event) => event.type === "speech-end",
  );
  expect(ends.length).toBeGreaterThan(1);
  expect(ends.slice(0, -1).map(({ reason }) => reason)).toEqual(
    ends.slice(1).map(() => "max-length"),
  );
  expect(Math.max(...ends.map(({ samples }) => samples.length))).toBeLessThanOrEqual(4 * SECOND);
  const follows = ends.slice(0, -1).map((end) => end.startSample + end.samples.length);
  expect(ends.slice(1).map(({ startSample }) => startSample)).toEqual(follows);
});

describe("levels", () => {
  test.each([1, 0.1, 0.02])(
    "speech at %d of its level is found and brought to one level",
    (gain) => {
      const quiet = speech.map((x) => x * gain);
      const end = listen(stream(3, quiet, 2)).at(-1) as End;
      expect(levelDb(end.samples)).toBeGreaterThan(-26);
      expect(levelDb(end.samples)).toBeLessThan(-18);
    },
  );

  test("are unchanged when normalize is false", () => {
    const end = listen(stream(3, speech, 2), { normalize: false }).at(-1) as End;
    expect(end.gainDb).toBe(0);
    const from = 3 * SECOND - end.startSample;
    expect(end.samples.slice(from + 2_000, from + 2_100)).toEqual(
      stream(3, speech, 2).slice(3 * SECOND + 2_000, 3 * SECOND + 2_100),
    );
  });
});

describe("no utterance begins in", () => {
  const random = randomFrom(7);
  const noise = (): number => random() + random() + random() - 1.5;

  test("an hour of digital silence", { timeout: 120_000 }, () => {
    const endpointer = new Endpointer();
    const second = new Float32Array(SECOND);
    for (let i = 0; i < 3_600; i++) expect(endpointer.push(second)).toEqual([]);
  });

  test.each([0.001, 0.02, 0.2])("white noise of %d", (level) => {
    expect(outline(listen(minute(() => level * noise())))).toEqual([]);
  });

  test("hum", () => {
    const hum = minute((i) => 0.1 * Math.sin(i / 51) + 0.04 * Math.sin(i / 17) + 0.001 * noise());
    expect(outline(listen(hum))).toEqual([]);
  });

  test("clicks", () => {
    let click = 0;
    const clicks = minute(() => {
      click = random() < 3 / SECOND ? 0.5 : click * 0.98;
      return click * noise() + 0.001 * noise();
    });
    expect(outline(listen(clicks))).toEqual([]);
  });

  test("a fan that is switched on", () => {
    const fan = minute((i) => (i < 30 * SECOND ? 0.001 : 0.05) * noise());
    expect(outline(listen(fan))).toEqual([]);
  });
});

test("a speechProbability function replaces the detector", () => {
  let frames = 0;
  const isSpoken = (): number => Number(++frames > 200 && frames <= 300);
  const speechProbability = isSpoken;
  const events = listen(new Float32Array(12 * SECOND), { speechProbability, calibrationMs: 0 });
  const [start, end] = events as [EndpointerEvent, End];
  expect(events).toHaveLength(2);
  expect(start.atSample).toBe(200 * 320);
  expect(end.atSample).toBe(300 * 320);
});

test.each([{ silenceMs: -1 }, { preRollMs: Number.NaN }, { maxUtteranceMs: 1_000 }])(
  "%o is rejected",
  (options) => {
    expect(() => new Endpointer(options)).toThrow(RangeError);
  },
);

/** Adds the silence of a real room around samples. */
function stream(before: number, samples: Float32Array, after: number): Float32Array {
  const random = randomFrom(samples.length);
  const room = (seconds: number): Float32Array =>
    Float32Array.from({ length: Math.round(seconds * SECOND) }, () => 0.0004 * (random() - 0.5));
  return join(room(before), samples, room(after));
}

function minute(make: (i: number) => number): Float32Array {
  return Float32Array.from({ length: 60 * SECOND }, (_, i) => make(i));
}

/** The events without their samples, for readable failures. */
function outline(events: readonly EndpointerEvent[]): object[] {
  return events.map((event) =>
    event.type === "speech-end" ? { ...event, samples: event.samples.length } : event,
  );
}

function join(...parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

function listen(
  input: Float32Array,
  options: EndpointerOptions = {},
  chunkSamples = 1_600,
): EndpointerEvent[] {
  const endpointer = new Endpointer(options);
  const events: EndpointerEvent[] = [];
  for (let at = 0; at < input.length; at += chunkSamples) {
    events.push(...endpointer.push(input.subarray(at, at + chunkSamples)));
  }
  return [...events, ...endpointer.flush()];
}

/** Reproducible random numbers in 0…1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
