import { expect, test } from "vitest";
import { earshot, jsonLines } from "./earshot.ts";

const ENGLISH = ["--intents", "demo/en/intents.yaml"] as const;

test("sentences become intents with canonical values", async () => {
  const { code, stdout } = await earshot([
    "understand",
    "--json",
    ...ENGLISH,
    "Set the living room lights to forty-five percent!",
    "what is the meaning of life",
  ]);
  expect(code).toBe(0);
  expect(jsonLines(stdout)).toEqual([
    expect.objectContaining({
      text: "Set the living room lights to forty-five percent!",
      intent: {
        name: "SetBrightness",
        confidence: expect.any(Number),
        slots: { room: "living room", brightness: 45 },
      },
      decision: "accept",
      candidates: expect.any(Array),
      language: "en",
    }),
    expect.objectContaining({ intent: null, decision: "reject" }),
  ]);
});

test("a sentence that is no command is said to be none", async () => {
  const { code, stdout } = await earshot(["understand", ...ENGLISH, "what is the meaning of life"]);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: "what is the meaning of life → not a command\n",
  });
});

test("sentences on stdin are answered in order, one line each", async () => {
  const sentences = Array.from({ length: 40 }, (_, i) => `set a timer for ${i + 1} minutes`);
  const { stdout } = await earshot(["understand", "--json", ...ENGLISH], sentences.join("\n"));
  const minutes = jsonLines(stdout).map(({ intent }) => (intent as { slots: object }).slots);
  expect(minutes).toEqual(sentences.map((_, i) => ({ minutes: i + 1 })));
});
