import path from "node:path";
import { expect, test } from "vitest";
import { Endpointer } from "../../src/audio/endpointing/endpointer.ts";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { VoiceContext } from "../../src/context/voice-context.ts";
import type { ListenEvent } from "../../src/context/events.ts";

const DEMO = path.resolve(import.meta.dirname, "../../demo/en");
const CHUNK_SAMPLES = 480;

function* inChunks(...parts: Float32Array[]): Generator<Float32Array> {
  for (const part of parts)
    for (let at = 0; at < part.length; at += CHUNK_SAMPLES)
      yield part.subarray(at, at + CHUNK_SAMPLES);
}

test("what an utterance probably is, is what it is in the end, unless somebody speaks on", async () => {
  const speech = await readAudio(path.join(DEMO, "3.flac"));
  const pause = new Float32Array(7_200); // 450 ms: kept is 300, the end is at 600
  const endpointer = new Endpointer();
  const probable = new Map<number, Float32Array>();
  let ended: { samples: Float32Array; endSample: number } | undefined;
  for (const chunk of inChunks(new Float32Array(40_000), speech, pause, speech, pause, pause)) {
    for (const event of endpointer.push(chunk)) {
      if (event.type !== "speech-end") continue;
      ended = { samples: event.samples, endSample: event.startSample + event.samples.length };
    }
    const { probableEnd } = endpointer;
    if (probableEnd !== undefined && !probable.has(probableEnd.endSample)) {
      probable.set(probableEnd.endSample, probableEnd.samples());
    }
  }
  expect(probable.size).toBeGreaterThanOrEqual(2);
  expect(probable.get(ended?.endSample ?? 0)).toEqual(ended?.samples);
});

test("the answer is there when the silence is over, and it is the right one after every pause", async () => {
  await using ctx = await VoiceContext.start({ intents: path.join(DEMO, "intents.yaml") });
  const [blinds, lights] = await Promise.all(
    ["3.flac", "1.flac"].map((name) => readAudio(path.join(DEMO, name))),
  );
  async function* room(): AsyncGenerator<Float32Array> {
    const silence = new Float32Array(24_000);
    for (const chunk of inChunks(silence, blinds!, silence, lights!, silence)) {
      yield chunk;
      await new Promise((resolve) => setTimeout(resolve, 10)); // as audio comes, only faster
    }
  }
  const events: ListenEvent[] = [];
  for await (const event of ctx.listen(room())) events.push(event);
  const intents = events.flatMap((event) => (event.type === "intent" ? [event.intent?.name] : []));
  expect(intents).toEqual(["CloseBlinds", "LightsOn"]);
  expect(ctx.stt.counters).toMatchObject({ failed: 0, retries: 0 });
});
