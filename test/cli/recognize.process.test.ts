import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { earshot, jsonLines } from "./earshot.ts";

const ENGLISH = ["--intents", "demo/en/intents.yaml"] as const;
const FRENCH = ["--language", "fr", "--intents", "demo/fr/intents.yaml"] as const;

test("recordings become intents, one JSON object a line, in the order of the files", async () => {
  const files = ["demo/en/4.flac", "demo/en/1.flac", "demo/en/6.flac"];
  const { code, stdout, stderr } = await earshot(["recognize", "--json", ...ENGLISH, ...files]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(jsonLines(stdout)).toEqual([
    expect.objectContaining({
      file: "demo/en/4.flac",
      text: "set a timer for twenty five minutes",
      intent: { name: "SetTimer", confidence: expect.any(Number), slots: { minutes: 25 } },
      decision: "accept",
      language: "en",
      audioMs: expect.any(Number),
      tookMs: expect.any(Number),
    }),
    expect.objectContaining({
      intent: { name: "LightsOn", confidence: expect.any(Number), slots: { room: "kitchen" } },
    }),
    expect.objectContaining({ intent: null, decision: "reject" }),
  ]);
});

test("a word that is never heard is told of, with the remedy", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-cli-"));
  const file = path.join(folder, "odd.yaml");
  writeFileSync(file, 'intents: { Go: { data: [{ sentences: ["go to 日本"] }] } }\n');
  const { stderr } = await earshot(["recognize", "--intents", file, "demo/en/1.flac"]);
  expect(stderr).toMatch(/never heard: "日本"; .* under pronounce: \(docs\/templates\.md\)/);
  rmSync(folder, { recursive: true });
});

test("French speech goes through French templates", async () => {
  const { stdout } = await earshot(["recognize", "--json", ...FRENCH, "demo/fr/2.flac"]);
  expect(jsonLines(stdout)).toEqual([
    expect.objectContaining({
      intent: {
        name: "SetBrightness",
        confidence: expect.any(Number),
        slots: { room: "salon", brightness: 45 },
      },
    }),
  ]);
});

test("without --json a person can read it", async () => {
  const { stdout } = await earshot(["recognize", ...ENGLISH, "demo/en/3.flac"]);
  expect(stdout).toMatch(
    /^demo\/en\/3\.flac: close the bedroom blinds → CloseBlinds room=bedroom \(\d+ %\)\n$/,
  );
});

test("a bad file is named and loses none of the others", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-cli-"));
  const text = path.join(folder, "notes.wav");
  writeFileSync(text, "not a recording at all, just words ".repeat(10));
  const damaged = path.join(folder, "damaged.opus");
  const opus = readFileSync("test/fixtures/audio/48k.opus");
  opus[20] = 0xff; // in the header of the first page: the codec throws
  writeFileSync(damaged, opus);
  const files = ["demo/en/7.flac", text, "/nonexistent.wav", damaged, "demo/en/1.flac"];
  const { code, stdout, stderr } = await earshot(["recognize", "--json", ...ENGLISH, ...files]);
  rmSync(folder, { recursive: true });
  expect(jsonLines(stdout).map((heard) => heard["file"])).toEqual([
    "demo/en/7.flac",
    "demo/en/1.flac",
  ]);
  expect(stderr.trimEnd().split("\n")).toEqual([
    expect.stringContaining("notes.wav"),
    expect.stringContaining("/nonexistent.wav"),
    expect.stringMatching(/damaged\.opus is cut off or damaged before any audio/),
  ]);
  expect(code).toBe(2);
});

test("transcribe writes down what it hears, without templates", async () => {
  const { code, stdout } = await earshot(["transcribe", "--json", "demo/en/7.flac"]);
  expect(code).toBe(0);
  expect(jsonLines(stdout)).toEqual([
    expect.objectContaining({ text: "stop the music", language: "en" }),
  ]);
});
