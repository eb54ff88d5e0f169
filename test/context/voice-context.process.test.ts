import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { cleanupRegistry } from "../../src/lifetime/cleanup/cleanup-registry.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import { VoiceContext, type VoiceContextOptions } from "../../src/context/voice-context.ts";
import { sttOnly, withVoiceContext } from "../../src/context/with-voice-context.ts";
import { areGone, processTable } from "../helpers/process-table.ts";
import { readAudio } from "../../src/audio/formats/read-audio.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const INTENTS = path.join(ROOT, "demo/en/intents.yaml");
const STOP_THE_MUSIC = path.join(ROOT, "demo/en/7.flac");

/** Threads of this process, as the operating system counts them. */
const threadCount = (): number => readdirSync("/proc/self/task").length;
const children = (): number[] =>
  processTable().flatMap((row) => (row.parentPid === process.pid ? [row.pid] : []));
const held = (): readonly unknown[] => cleanupRegistry.status().held;

afterEach(() => expect(held()).toEqual([]));

test("speech, text and both at once give the same intent", async () => {
  await using ctx = await VoiceContext.start({ intents: INTENTS });
  const { text } = await ctx.stt.transcribe(STOP_THE_MUSIC);
  const meant = await ctx.intent.classify(text);
  const both = await ctx.recognize(STOP_THE_MUSIC);
  expect(meant.intent?.name).toBe("StopMusic");
  expect(both.intent?.name).toBe("StopMusic");
});

test("samples and bytes are heard like the file they come from, and stay as they were", async () => {
  await using ctx = await VoiceContext.start({ intents: INTENTS });
  const float = await readAudio(STOP_THE_MUSIC);
  const before = float.slice();
  const pcm = Int16Array.from(float, (sample) => sample * 32_767);
  for (const audio of [float, pcm]) {
    expect((await ctx.recognize(audio)).text).toBe("stop the music");
  }
  expect(float).toEqual(before);
});

test("words of the templates that cannot be said are told of", async () => {
  await using folder = new Scope("templates");
  const intents = path.join(await folder.tempDir(), "odd.yaml");
  writeFileSync(
    intents,
    'language: en\nintents: { A: { data: [{ sentences: ["go to 日本", "stop"] }] } }\n',
  );
  await using ctx = await VoiceContext.start({ intents });
  expect(ctx.unsayable).toEqual(["日本"]);
});

test("other templates are taken as a path, as at the start; undefined leaves those there are", async () => {
  await using ctx = await VoiceContext.start({ intents: INTENTS });
  await using folder = new Scope("templates");
  const intents = path.join(await folder.tempDir(), "other.yaml");
  writeFileSync(intents, 'language: en\nintents: { A: { data: [{ sentences: ["good day"] }] } }\n');
  await ctx.reloadTemplates({ intents });
  expect(ctx.intent.intents).toEqual(["A"]);
  await ctx.reloadTemplates({ intents: undefined, lists: undefined } as object);
  expect(ctx.intent.intents).toEqual(["A"]);
});

test("empty audio is empty text and no intent", async () => {
  await using ctx = await VoiceContext.start({ intents: INTENTS });
  expect(await ctx.recognize(new Float32Array(0))).toMatchObject({
    text: "",
    intent: null,
    decision: "reject",
    audioMs: 0,
  });
});

describe("a start that fails", () => {
  test.each([
    [{ intents: "/nonexistent.yaml" }, "TEMPLATES_INVALID"],
    [{ model: "/nonexistent" }, "MODEL_INVALID"],
  ])("%j rejects with its cause and leaves nothing behind", async (options, code) => {
    await expect(VoiceContext.start(options)).rejects.toMatchObject({ code });
    expect(held()).toEqual([]);
  });

  test("leaves another context working", async () => {
    await using ctx = await VoiceContext.start({ intents: INTENTS });
    await expect(VoiceContext.start({ intents: "/nonexistent.yaml" })).rejects.toThrow(
      "nonexistent",
    );
    expect((await ctx.recognize(STOP_THE_MUSIC)).intent?.name).toBe("StopMusic");
  });

  test("by its signal rejects with the reason", async () => {
    const controller = new AbortController();
    const starting = VoiceContext.start({ intents: INTENTS, signal: controller.signal });
    controller.abort(new Error("changed my mind"));
    await expect(starting).rejects.toThrow("changed my mind");
  });
});

test("two contexts of one model share one speech worker, freed by the last to close", async () => {
  const first = await sttOnly();
  const withOne = threadCount();
  const second = await sttOnly();
  expect(threadCount()).toBe(withOne);
  await first.close();
  expect((await second.stt.transcribe(STOP_THE_MUSIC)).text).not.toBe("");
  await second.close();
  expect(threadCount()).toBeLessThan(withOne);
});

test("the speech model can run in a process of its own, gone with the context", async () => {
  const before = children();
  const ctx = await VoiceContext.start({ intents: INTENTS, isolation: "process" });
  const own = children().filter((pid) => !before.includes(pid));
  expect(own).toHaveLength(1);
  expect((await ctx.recognize(STOP_THE_MUSIC)).intent?.name).toBe("StopMusic");
  await ctx.close();
  expect(await areGone(own, 1000)).toBe(true);
});

test("closing is idempotent, and a closed context says what to do", async () => {
  const ctx = await VoiceContext.start({ intents: INTENTS });
  await Promise.all([ctx.close(), ctx.close()]);
  await ctx.close();
  await expect(ctx.recognize(STOP_THE_MUSIC)).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
});

test("before start it says so, without intents too", async () => {
  expect(() => new VoiceContext().stt).toThrow("call start() first");
  await using ctx = await sttOnly();
  expect(() => ctx.intent).toThrow("give it intents");
  await expect(ctx.recognize(STOP_THE_MUSIC)).rejects.toMatchObject({
    code: "TEMPLATES_INVALID",
    message: "This context has no sentence templates: start it with `intents`",
  });
});

test.each<[VoiceContextOptions, string]>([
  [{ language: "de" as "en" }, 'language must be one of en, fr, not "de"'],
  [{ activeIntents: "A" as never }, "activeIntents must be a list of names of intents"],
  [{ fuzzyThreshold: 101 }, "fuzzyThreshold must be from 0 to 100, not 101"],
  [{ intents: 5 as unknown as string }, "intents must be a path or a list of paths"],
  [
    { language: "en", intent: INTENTS } as VoiceContextOptions,
    'unknown option "intent" of VoiceContext; did you mean "intents"?',
  ],
  [
    INTENTS as unknown as VoiceContextOptions,
    "the options of VoiceContext must be an object, not string",
  ],
])("a wrong option is named before anything is acquired: %j", (options, message) => {
  expect(() => new VoiceContext(options)).toThrow(message);
});

test("withVoiceContext gives the body's result, and its error after closing", async () => {
  const options = { intents: INTENTS };
  expect(await withVoiceContext(options, (ctx) => ctx.options.language)).toBe("en");
  let inside: VoiceContext | undefined;
  const failing = withVoiceContext(options, (ctx) => {
    inside = ctx;
    throw new Error("in the body");
  });
  await expect(failing).rejects.toThrow("in the body");
  expect(inside?.signal.aborted).toBe(true);
});
