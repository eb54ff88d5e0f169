import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { VoiceContext } from "../../src/context/voice-context.ts";
import { say } from "../helpers/speech.ts";
import { earshot, jsonLines } from "./earshot.ts";

const ENGLISH = `language: en
intents:
  LightsOff:
    data:
      - sentences: ["turn off the light"]
        requires_context: { room: { slot: true } }
  CloseBlinds:
    data: [{ sentences: ["close the blinds"] }]
    negatives: ["who closed the blinds"]
  Pause: { data: [{ sentences: ["stop the music"] }] }
`;
const FRENCH = `language: fr
intents:
  OuvrirVolets: { data: [{ sentences: ["ouvre les volets"] }] }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "intent-choices-"));
  writeFileSync(path.join(folder, "en.yaml"), ENGLISH);
  writeFileSync(path.join(folder, "fr.yaml"), FRENCH);
});
afterAll(() => rmSync(folder, { recursive: true }));

function meanings(stdout: string): unknown[] {
  return jsonLines(stdout).map(({ decision, intent }) =>
    decision === "accept" ? (intent as { name: string }).name : decision,
  );
}

test("--active-intents and --fallback-language choose what a sentence may mean", async () => {
  const given = ["understand", "--json", "--intents", folder];
  const sentences = ["stop the music", "close the blinds", "ouvre les volets"];
  const all = await earshot([...given, ...sentences]);
  expect(meanings(all.stdout)).toEqual(["Pause", "CloseBlinds", "reject"]);
  const names = ["--active-intents", "Pause", "--active-intents", "OuvrirVolets"];
  const some = await earshot([...given, "--fallback-language", "fr", ...names, ...sentences]);
  expect(meanings(some.stdout)).toEqual(["Pause", "reject", "OuvrirVolets"]);
}, 60_000);

test("an active intent that is not there is one line that names the nearest", async () => {
  const args = ["--intents", folder, "--active-intents", "ClosBlinds", "stop the music"];
  const { code, stderr } = await earshot(["understand", ...args]);
  const hint = 'active intents: there is no "ClosBlinds"; did you mean "CloseBlinds"?';
  expect({ code, stderr }).toEqual({ code: 2, stderr: `earshot: ${hint}\n` });
}, 60_000);

test("in speech too: active intents, context, fallback language and negatives, changed while it runs", async () => {
  const intents = folder;
  await using ctx = await VoiceContext.start({ intents, fallbackLanguage: "fr" });
  const heard = async (speech: Float32Array): Promise<unknown> => {
    const { decision, intent, language } = await ctx.recognize(speech);
    return decision === "accept" ? [language, intent?.name, intent?.slots] : decision;
  };
  const [closing, asking, lights, opening] = await Promise.all([
    say("close the blinds"),
    say("who closed the blinds"),
    say("turn off the light"),
    say("ouvre les volets", "fr+michel"),
  ]);
  expect(await heard(closing)).toEqual(["en", "CloseBlinds", {}]);
  expect(await heard(asking)).toBe("reject");
  expect(await heard(opening)).toEqual(["fr", "OuvrirVolets", {}]);

  ctx.intent.setActiveIntents(["Pause", "LightsOff"]);
  expect(await heard(closing)).toBe("reject");
  expect(await heard(opening)).toBe("reject");
  expect((await ctx.intent.classify("close the blinds")).decision).toBe("reject");
  ctx.intent.setActiveIntents(undefined);
  expect(await heard(closing)).toEqual(["en", "CloseBlinds", {}]);
  expect(() => ctx.intent.setActiveIntents(["Paus"])).toThrow('did you mean "Pause"');

  expect(await heard(lights)).toBe("reject");
  ctx.intent.setContext({ room: "kitchen" });
  expect(await heard(lights)).toEqual(["en", "LightsOff", { room: "kitchen" }]);
  const typed = await ctx.intent.classify("turn off the light");
  expect(typed.intent?.slots).toEqual({ room: "kitchen" });

  // Without the fallback language's own file, and with a sentence that was not there.
  const file = path.join(folder, "en.yaml");
  writeFileSync(file, ENGLISH.replace("stop the music", "be quiet now please"));
  await ctx.reloadTemplates();
  expect(await heard(await say("be quiet now please"))).toEqual(["en", "Pause", {}]);
  writeFileSync(file, "intents: [");
  await expect(ctx.reloadTemplates()).rejects.toMatchObject({ code: "TEMPLATES_INVALID" });
  expect(await heard(closing)).toEqual(["en", "CloseBlinds", {}]);
  expect((await ctx.intent.classify("be quiet now please")).intent?.name).toBe("Pause");
  writeFileSync(file, ENGLISH);
}, 120_000);

test("a context option reloads what is edited, and warns of what is broken", async () => {
  const file = path.join(folder, "en.yaml");
  await using ctx = await VoiceContext.start({ intents: folder, reloadOnChange: true });
  const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
  const broken = ENGLISH.replace("[", "[[[");
  writeFileSync(file, broken);
  expect((await warned).message).toMatch(/en\.yaml:\d+/);
  expect((await ctx.intent.classify("stop the music")).intent?.name).toBe("Pause");
  writeFileSync(file, ENGLISH);
}, 60_000);
