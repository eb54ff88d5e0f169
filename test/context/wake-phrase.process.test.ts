import path from "node:path";
import { expect, test } from "vitest";
import { VoiceContext } from "../../src/context/voice-context.ts";
import type { ListenEvent } from "../../src/context/events.ts";
import { readAudio } from "../../src/audio/formats/read-audio.ts";

const DEMO = path.resolve(import.meta.dirname, "../../demo/en");
const INTENTS = path.join(DEMO, "intents.yaml");
/** "stop the music" serves as the wake phrase, since that recording is there. */
const WAKE = "stop the music";

async function* audioOf(...files: string[]): AsyncGenerator<Float32Array> {
  for (const file of files) {
    yield await readAudio(path.join(DEMO, file));
    yield new Float32Array(20_000);
  }
}

async function heard(wake: string, ...files: string[]): Promise<unknown[]> {
  await using ctx = await VoiceContext.start({ intents: INTENTS });
  const events: ListenEvent[] = [];
  for await (const event of ctx.listen(audioOf(...files), { wake })) events.push(event);
  return events.flatMap((event) => {
    if (event.type === "wake") return ["wake"];
    if (event.type === "ignored") return [event.reason];
    return event.type === "intent" ? [event.intent?.name] : [];
  });
}

test("asleep, a command is ignored; after the wake phrase it counts, once", async () => {
  expect(await heard(WAKE, "3.flac", "7.flac", "3.flac", "1.flac")).toEqual([
    "no-wake-phrase",
    "wake",
    "CloseBlinds",
    "no-wake-phrase",
  ]);
});

test("listening that ends while templates are reloaded leaves none of its own", async () => {
  await using ctx = await VoiceContext.start({ intents: INTENTS });
  const listening = ctx.listen(audioOf(), { wake: WAKE });
  await listening.next();
  const setGrammar = ctx.stt.setGrammar.bind(ctx.stt);
  let ended: Promise<unknown> | undefined;
  ctx.stt.setGrammar = (grammar, name) => {
    const taken = setGrammar(grammar, name);
    if (name === "asleep 1") ended = listening.return();
    return taken;
  };
  await ctx.reloadTemplates();
  await ended;
  const asleep = ctx.stt.recognize(new Float32Array(0), { grammar: "asleep 1" });
  await expect(asleep).rejects.toMatchObject({ code: "TEMPLATES_INVALID" });
});

test("however short the phrase is, it is not heard in a command that is said without it", async () => {
  expect(await heard("hey", "1.flac", "7.flac")).toEqual(["no-wake-phrase", "no-wake-phrase"]);
});

test.each(["?!", "日本"])("a phrase that cannot be said is refused: %s", async (wake) => {
  await using ctx = await VoiceContext.start({ intents: INTENTS });
  const listening = ctx.listen(audioOf(), { wake });
  await expect(listening.next()).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  await ctx.reloadTemplates(); // nothing is left of the phrase
});
