import { getEventListeners } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import type { Automaton } from "../../src/grammar/automaton.ts";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import type { Language } from "../../src/languages/language.ts";
import { SpeechToText, type TimedWord } from "../../src/stt/speech-to-text.ts";
import { automatonOf } from "../grammar/templates-of.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures/speech");
const MODEL = path.resolve(import.meta.dirname, "../../models/embedded");
const TIMEOUT_MS = 30_000;

const fixture = (name: string): string => path.join(FIXTURES, name);

function templates(language: Language): Automaton {
  return compileAutomaton(loadTemplates([fixture(`${language}.yaml`)], { language }));
}

async function opened(scope: Scope, language: Language): Promise<SpeechToText> {
  const stt = await SpeechToText.open(scope, { language });
  await stt.setGrammar(templates(language));
  return stt;
}

/** What hangs on a signal: listeners, and signals that `AbortSignal.any` made of it. */
function heldBy(signal: AbortSignal): number {
  const key = Object.getOwnPropertySymbols(signal).find((symbol) => /depend/i.test(String(symbol)));
  const made = key === undefined ? [] : [...Reflect.get(signal, key)];
  return getEventListeners(signal, "abort").length + made.length;
}

describe("speech through templates", { timeout: TIMEOUT_MS }, () => {
  let scope: Scope;
  let english: SpeechToText;
  let french: SpeechToText;

  beforeAll(async () => {
    scope = new Scope("test");
    [english, french] = await Promise.all([opened(scope, "en"), opened(scope, "fr")]);
  }, TIMEOUT_MS);
  afterAll(() => scope.close());

  test.for([
    ["turn-on-the-kitchen-light", "TurnOn", { place: "kitchen" }],
    ["turn-off-the-bedroom-light", "TurnOff", { place: "bedroom" }],
    ["set-the-lamp-to-twenty-percent", "Dim", { level: 20 }],
  ] as const)("hears %s", async ([name, intent, slots]) => {
    const heard = await english.recognize(fixture(`${name}.flac`));
    expect(heard).toMatchObject({ decision: "accept", intent: { name: intent, slots } });
    expect(heard.text).toBe(name.replaceAll("-", " "));
  });

  test("templates that take any words take all of a sentence, and what follows a short word", async () => {
    const stt = await SpeechToText.open(scope, { language: "en" });
    for (const sentence of ["{any}", "turn {any}"]) {
      await stt.setGrammar(automatonOf([sentence], "lists: { any: { wildcard: true } }"));
      const heard = await stt.recognize(fixture("turn-on-the-kitchen-light.flac"));
      expect(heard.decision).toBe("accept");
      expect(heard.intent?.slots["any"]).toContain("kitchen light");
    }
  });

  test("a place for any words is not filled where nothing is said", async () => {
    const stt = await SpeechToText.open(scope, { language: "en" });
    const lists = "lists: { any: { wildcard: true } }";
    const file = fixture("turn-on-the-kitchen-light.flac");
    await stt.setGrammar(automatonOf(["turn on the kitchen light {any}"], lists));
    expect(await stt.recognize(file)).toMatchObject({ decision: "reject", intent: null });
    await stt.setGrammar(automatonOf(["turn on the kitchen light [{any}]"], lists));
    expect(await stt.recognize(file)).toMatchObject({ decision: "accept", intent: { slots: {} } });
  });

  test("words of a template end a place for any words, though they would fit into it", async () => {
    const stt = await SpeechToText.open(scope, { language: "en" });
    const lists = "lists: { thing: { wildcard: true }, level: { wildcard: true } }";
    await stt.setGrammar(automatonOf(["set {thing} [to {level}]"], lists));
    const heard = await stt.recognize(fixture("set-the-lamp-to-twenty-percent.flac"));
    expect(heard.intent?.slots).toEqual({ thing: "the lamp", level: "twenty percent" });
  });

  test.for([
    ["allume-la-lumiere-de-la-cuisine", "Allumer", { lieu: "cuisine" }],
    ["eteins-l-entree", "Eteindre", { lieu: "entrée" }],
  ] as const)("hears %s in French, beside English", async ([name, intent, slots]) => {
    const heard = await french.recognize(fixture(`${name}.flac`));
    expect(heard).toMatchObject({
      decision: "accept",
      language: "fr",
      intent: { name: intent, slots },
    });
  });

  test("a command with 'pas' behind the verb is not carried out, unless the templates have it", async () => {
    const stt = await SpeechToText.open(scope, { language: "fr" });
    const file = fixture("allume-pas-la-cuisine.flac");
    await stt.setGrammar(automatonOf(["allume la cuisine"], "", { language: "fr" }));
    expect(await stt.recognize(file)).toMatchObject({ decision: "reject", intent: null });
    await stt.setGrammar(automatonOf(["allume [pas] la cuisine"], "", { language: "fr" }));
    expect(await stt.recognize(file)).toMatchObject({
      decision: "accept",
      text: "allume pas la cuisine",
    });
  });

  test.each([["lumières: all, lumière: one"], ["lumière: one, lumières: all"]])(
    "French words that sound alike agree with those before them: %s",
    async (lights) => {
      const stt = await SpeechToText.open(scope, { language: "fr" });
      const values = lights
        .split(", ")
        .map((entry) => entry.split(": "))
        .map(([said, value]) => `{ in: ${said}, out: ${value} }`);
      const lists = `lists: { what: { values: [${values.join(", ")}] } }`;
      await stt.setGrammar(
        automatonOf(["allume (la|les) {what} de la cuisine"], lists, { language: "fr" }),
      );
      const heard = await stt.recognize(fixture("allume-la-lumiere-de-la-cuisine.flac"));
      expect(heard).toMatchObject({ decision: "accept", intent: { slots: { what: "one" } } });
    },
  );

  test("a piece of speech that is too short for a word is none", async () => {
    const stt = await SpeechToText.open(scope, { language: "en" });
    await stt.setGrammar(automatonOf(["go", "stop", "on", "off"]));
    const speech = await readAudio(fixture("why-does-nobody-ever-read-old-newspapers.flac"));
    for (let at = 3_200; at + 1_200 < speech.length; at += 3_200) {
      const { decision } = await stt.recognize(speech.slice(at, at + 1_200));
      expect(decision).toBe("reject");
    }
  });

  test("of English words that sound alike, the first that the templates name is taken", async () => {
    const stt = await SpeechToText.open(scope, { language: "en" });
    for (const values of ["kitchen, kitshen", "kitshen, kitchen"]) {
      await stt.setGrammar(
        automatonOf(
          ["turn on the {place} light"],
          `lists: { place: { values: [${values}] } }\npronounce: { kitshen: kitchen, kitchen: kitchen }`,
        ),
      );
      const heard = await stt.recognize(fixture("turn-on-the-kitchen-light.flac"));
      expect(heard.intent?.slots["place"]).toBe(values.split(", ")[0]);
    }
  });

  test("rejects what is no sentence of the templates", async () => {
    const heard = await english.recognize(fixture("why-does-nobody-ever-read-old-newspapers.flac"));
    expect(heard).toMatchObject({ decision: "reject", intent: null });
  });

  test("words come in order, inside the audio", async () => {
    const heard = await english.recognize(fixture("turn-on-the-kitchen-light.flac"));
    const times = heard.words.flatMap(({ startMs, endMs }) => [startMs, endMs]);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(200);
    expect(times.at(-1)).toBeLessThanOrEqual(heard.audioMs);
  });

  test("a word that the end of the recording cuts ends with the recording", async () => {
    const whole = await readAudio(fixture("turn-on-the-kitchen-light.flac"));
    for (const method of ["recognize", "transcribe"] as const) {
      const words: TimedWord[] = [];
      for (const endMs of [1_400, 1_500, 1_600, 1_700]) {
        const heard = await english[method](whole.subarray(0, endMs * 16));
        words.push(...heard.words.filter((word) => word.endMs > endMs - 70));
        expect(heard.words.filter((word) => word.endMs > endMs)).toEqual([]);
      }
      expect(words).not.toEqual([]);
    }
  });

  test("silence, noise and no samples at all are nothing", async () => {
    const noise = Float32Array.from({ length: 32_000 }, (_, i) => 0.1 * Math.sin(i * i));
    for (const audio of [new Float32Array(0), new Float32Array(32_000), noise]) {
      expect(await english.recognize(audio)).toMatchObject({ decision: "reject", intent: null });
    }
    expect(await english.transcribe(new Float32Array(0))).toMatchObject({ text: "", words: [] });
  });

  test("an hour of silence with a command in it gives the command", {
    timeout: 240_000,
  }, async () => {
    const command = await readAudio(fixture("turn-on-the-kitchen-light.flac"));
    const long = new Float32Array(16_000 * 120);
    long.set(command, 16_000 * 60);
    const heard = await english.recognize(long);
    expect(heard).toMatchObject({ intent: { name: "TurnOn" }, audioMs: 120_000 });
    expect(heard.words[0]!.startMs).toBeGreaterThan(59_000);
  });

  test("a partial is the beginning of what is heard in the end", async () => {
    const whole = await readAudio(fixture("turn-off-the-bedroom-light.flac"));
    const first = await english.partial(whole.subarray(0, Math.round(whole.length * 0.6)));
    expect(first).toMatch(/^turn off/);
  });

  test("a partial of what is no command shows none", async () => {
    const other = await readAudio(fixture("why-does-nobody-ever-read-old-newspapers.flac"));
    for (const share of [0.4, 0.6, 0.8, 1]) {
      const said = other.subarray(0, Math.round(other.length * share));
      expect(await english.partial(said)).toBe("");
    }
    const command = await readAudio(fixture("turn-on-the-kitchen-light.flac"));
    const both = new Float32Array(16_000 * 60);
    both.set(other);
    both.set(command, 16_000 * 50);
    expect(await english.partial(both)).toBe("turn on the kitchen light");
  });

  test("writes down free speech", async () => {
    const { text, confidence, words } = await english.transcribe(
      fixture("turn-on-the-kitchen-light.flac"),
    );
    expect(text).toContain("kitchen");
    expect(words.map((word) => word.text).join(" ")).toBe(text);
    expect(confidence).toBeGreaterThan(0);
  });

  test("calls leave nothing in the signals they were given", async () => {
    const { signal } = new AbortController();
    const before = heldBy(scope.signal);
    for (let i = 0; i < 3; i++) await english.partial(new Float32Array(1_600), { signal });
    await expect(english.transcribe("/no/such.wav", { signal })).rejects.toThrow("no/such");
    expect(heldBy(signal)).toBe(0);
    expect(heldBy(scope.signal)).toBe(before);
  });

  test("bad audio is an error with its place, counted, and the next call works", async () => {
    const before = english.counters;
    await expect(english.recognize(fixture("no-such-file.flac"))).rejects.toMatchObject({
      code: "AUDIO_NOT_FOUND",
    });
    await expect(english.recognize(fixture("en.yaml"))).rejects.toMatchObject({
      code: "AUDIO_UNSUPPORTED",
    });
    await english.recognize(fixture("turn-on-the-kitchen-light.flac"));
    expect(english.counters).toMatchObject({
      total: before.total + 3,
      ok: before.ok + 1,
      failed: before.failed + 2,
      retries: 0,
    });
  });

  test.for([
    [
      "a low rate",
      new Float32Array(100),
      { sampleRateHz: 4_000 },
      RangeError,
      /^sampleRateHz .* not 4000$/,
    ],
    [
      "a rate as text",
      new Float32Array(100),
      { sampleRateHz: "16000" },
      RangeError,
      /^sampleRateHz .* '16000'$/,
    ],
    ["null", null, {}, TypeError, /^audio .* not null$/],
    ["doubles", new Float64Array(100), {}, TypeError, /^audio .* not Float64Array$/],
    ["a stream", Readable.from([]), {}, TypeError, /not Readable; give a stream to streamAudio/],
    ["a misspelt option", new Float32Array(100), { sampleRate: 8_000 }, TypeError, /sampleRateHz/],
  ] as const)("a wrong argument is named: %s", async ([, audio, options, kind, message]) => {
    for (const method of ["recognize", "transcribe", "partial"] as const) {
      const heard = english[method](audio as never, options as never);
      await expect(heard).rejects.toBeInstanceOf(kind);
      await expect(heard).rejects.toThrow(message);
    }
  });

  test("a cancelled call rejects with its reason; the others are answered", async () => {
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const file = fixture("turn-on-the-kitchen-light.flac");
    const first = english.recognize(file);
    const second = english.recognize(file, { signal: controller.signal });
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect((await first).intent?.name).toBe("TurnOn");
  });
});

describe("opening and closing", { timeout: TIMEOUT_MS }, () => {
  test("closing answers every queued call with a result or CONTEXT_CLOSED", async () => {
    const scope = new Scope("test");
    const stt = await opened(scope, "en");
    const file = fixture("turn-on-the-kitchen-light.flac");
    const calls = Array.from({ length: 6 }, () => stt.recognize(file));
    const settled = Promise.allSettled(calls);
    await scope.close();
    const answers = (await settled).map((call) =>
      call.status === "fulfilled" ? call.value.intent?.name : call.reason.code,
    );
    for (const answer of answers) expect(["TurnOn", "CONTEXT_CLOSED"]).toContain(answer);
    await expect(stt.recognize(file)).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
  });

  test("two that share a model: the one who stays can go on when the other leaves", async () => {
    await using first = new Scope("first");
    await using second = new Scope("second");
    const [a, b] = await Promise.all([opened(first, "en"), opened(second, "en")]);
    const file = fixture("turn-on-the-kitchen-light.flac");
    expect((await a.recognize(file)).intent?.name).toBe("TurnOn");
    await first.close();
    expect((await b.recognize(file)).intent?.name).toBe("TurnOn");
  });

  test("a folder that is no model is refused, naming what is missing", async () => {
    const dir = mkdtempSync(path.join(tmpdir(), "earshot-model-"));
    await using scope = new Scope("test");
    scope.defer(() => rmSync(dir, { recursive: true }));
    const open = (): Promise<SpeechToText> =>
      SpeechToText.open(scope, { model: dir, language: "en" });
    await expect(open()).rejects.toMatchObject({ code: "MODEL_INVALID", message: /model\.json/ });
    writeFileSync(path.join(dir, "model.json"), "{}");
    await expect(open()).rejects.toMatchObject({ code: "MODEL_INVALID", message: /"graph"/ });
    cpSync(path.join(MODEL, "model.json"), path.join(dir, "model.json"));
    await expect(open()).rejects.toMatchObject({ code: "MODEL_INVALID", message: /speech\.onnx/ });
    writeFileSync(path.join(dir, "speech.onnx"), "not a graph");
    await expect(open()).rejects.toMatchObject({ code: "MODEL_LOAD_FAILED" });
    cpSync(fixture("../encoder/model.onnx"), path.join(dir, "speech.onnx"));
    await expect(open()).rejects.toMatchObject({ code: "MODEL_INVALID", message: /energyDb/ });
  });

  test("a session that fails is tried again, started anew, and given up; the counters tell", async () => {
    const dir = mkdtempSync(path.join(tmpdir(), "earshot-model-"));
    await using scope = new Scope("test");
    scope.defer(() => rmSync(dir, { recursive: true }));
    cpSync(MODEL, dir, { recursive: true });
    cpSync(fixture("fails.onnx"), path.join(dir, "speech.onnx"));
    const stt = await SpeechToText.open(scope, { model: dir, language: "en" });
    await stt.setGrammar(templates("en"));
    const heard = stt.recognize(fixture("turn-on-the-kitchen-light.flac"));
    await expect(heard).rejects.toMatchObject({ code: "RECOGNITION_FAILED" });
    expect(stt.counters).toEqual({ total: 1, ok: 0, failed: 1, retries: 2, rebuilds: 1 });
  });

  test("without templates recognition says so", async () => {
    await using scope = new Scope("test");
    const stt = await SpeechToText.open(scope, { language: "en" });
    await expect(stt.recognize(new Float32Array(16_000))).rejects.toMatchObject({
      code: "TEMPLATES_INVALID",
    });
  });
});
