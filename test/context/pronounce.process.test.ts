import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { VoiceContext } from "../../src/context/voice-context.ts";
import type { ListenEvent } from "../../src/context/events.ts";
import { folderWith } from "../grammar/templates-of.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const KITCHEN = path.join(ROOT, "test/fixtures/speech/turn-on-the-kitchen-light.flac");
const STOP_THE_MUSIC = path.join(ROOT, "demo/en/7.flac");

const templates = (places: readonly string[], pronounce = ""): string =>
  `language: en
intents: { TurnOn: { data: [{ sentences: ["turn on the {place} light"] }] } }
lists: { place: ${JSON.stringify(places)} }
${pronounce && `pronounce: ${pronounce}\n`}`;

const fileWith = (yaml: string): string => path.join(folderWith({ "t.yaml": yaml }), "t.yaml");

async function placeHeard(ctx: VoiceContext): Promise<unknown> {
  return (await ctx.recognize(KITCHEN)).intent?.slots["place"];
}

async function placeRead(ctx: VoiceContext): Promise<unknown> {
  return (await ctx.intent.classify("turn on the kitchen light")).intent?.slots["place"];
}

test.each([
  ["a name that is not said as it is written", "Zbigniew", "kitchen", []],
  ["a word of another script", "кухня", "/k ɪ tʃ ə n/", ["кухня"]],
  ["a second way to say a word", "ikea", '[ikea, "/k ɪ tʃ ə n/"]', []],
])("%s is heard, and read where it sounds alike, by its pronunciation", async (...given) => {
  const [, word, ways, unsayable] = given;
  await using without = await VoiceContext.start({ intents: fileWith(templates([word, "attic"])) });
  expect(without.unsayable).toEqual(unsayable);
  expect(await placeHeard(without)).toBeUndefined();
  expect(await placeRead(without)).toBeUndefined();

  const yaml = templates([word, "attic"], `{ ${word}: ${ways} }`);
  await using ctx = await VoiceContext.start({ intents: fileWith(yaml) });
  expect(ctx.unsayable).toEqual([]);
  expect(await placeHeard(ctx)).toBe(word);
  expect(await placeRead(ctx)).toBe(word);
});

test("two contexts that share a worker say the same word each in its own way", async () => {
  const places = ["den", "nook"];
  const [kitchen, attic, none] = await Promise.all([
    VoiceContext.start({
      intents: fileWith(templates(places, "{ den: kitchen, nook: attic }")),
    }),
    VoiceContext.start({
      intents: fileWith(templates(places, "{ den: attic, nook: kitchen }")),
    }),
    VoiceContext.start({ intents: fileWith(templates([...places, "kitchen"])) }),
  ]);
  await using _kitchen = kitchen;
  await using _attic = attic;
  await using _none = none;
  expect(await placeHeard(kitchen)).toBe("den");
  expect(await placeHeard(attic)).toBe("nook");
  expect(await placeHeard(none)).toBe("kitchen");
});

test("a pronunciation that is wrong leaves everything as it was, and says where it is", async () => {
  const file = fileWith(templates(["zbigniew", "attic"], "\n  zbigniew: kitchen"));
  await using ctx = await VoiceContext.start({ intents: file });

  writeFileSync(file, templates(["nook", "attic"], "\n  nook: /k ɪ tch ə n/"));
  const failure = { code: "TEMPLATES_INVALID", place: `${file}:5:9` };
  await expect(ctx.reloadTemplates()).rejects.toMatchObject(failure);
  await expect(ctx.reloadTemplates()).rejects.toThrow('pronounce: nook: "tch" is not a phone');
  expect(await placeHeard(ctx)).toBe("zbigniew");
  expect(await placeRead(ctx)).toBe("zbigniew");
  await expect(VoiceContext.start({ intents: file })).rejects.toMatchObject(failure);

  writeFileSync(file, templates(["nook", "attic"], "\n  nook: /k ɪ tʃ ə n/"));
  await ctx.reloadTemplates();
  expect(await placeHeard(ctx)).toBe("nook");
  expect(await placeRead(ctx)).toBe("nook");
});

test("a wake phrase may have a word that only the templates say how to pronounce", async () => {
  const yaml = templates(["attic"], "{ стоп: stop }");
  await using ctx = await VoiceContext.start({ intents: fileWith(yaml) });
  const events: ListenEvent[] = [];
  for await (const event of ctx.listen(audioOf(STOP_THE_MUSIC), { wake: "стоп the music" }))
    events.push(event);
  expect(events.map(({ type }) => type)).toContain("wake");
});

async function* audioOf(file: string): AsyncGenerator<Float32Array> {
  yield await readAudio(file);
  yield new Float32Array(20_000);
}
