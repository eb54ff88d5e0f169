import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toOnnx } from "../../src/intent/classifier/onnx-graph.ts";
import { trainClassifier } from "../../src/intent/classifier/linear-classifier.ts";
import { SentenceEncoder } from "../../src/intent/encoder/sentence-encoder.ts";
import { earshot, jsonLines } from "../cli/earshot.ts";

const ENCODER = path.resolve(import.meta.dirname, "../fixtures/encoder");
const HOME = `language: en
intents:
  LightsOn: { examples: [turn on the light, lights on please, i want the light on, start the lamp] }
  PlayMusic: { examples: [play some music, i want to hear music, put a song on, play my tune] }
  LockDoor: { examples: [lock the door, close the door please, shut my door, is the door to lock] }
`;
/** None of their words is in the examples. */
const UNHEARD = ["kindle bulb", "melody listen", "secure entrance"];

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "encoder-"));
  home = path.join(folder, "home.yaml");
  writeFileSync(home, HOME);
});
afterEach(() => rmSync(folder, { recursive: true }));

function understand(...args: string[]) {
  return earshot(["understand", "--json", "--intents", home, ...args]);
}

test("a user's sentence encoder understands words that no example has", async () => {
  const alone = await understand(...UNHEARD);
  expect(jsonLines(alone.stdout).map(({ decision }) => decision)).toEqual(
    UNHEARD.map(() => "reject"),
  );
  const { stdout, stderr, code } = await understand("--encoder", ENCODER, ...UNHEARD);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(jsonLines(stdout)).toMatchObject([
    { decision: "accept", intent: { name: "LightsOn" } },
    { decision: "accept", intent: { name: "PlayMusic" } },
    { decision: "accept", intent: { name: "LockDoor" } },
  ]);
}, 60_000);

test.each([
  [
    "a folder without a graph",
    "model.onnx is missing",
    () => rmSync(path.join(folder, "e/model.onnx")),
  ],
  [
    "no tokenizer",
    "tokenizer.json is missing",
    () => rmSync(path.join(folder, "e/tokenizer.json")),
  ],
  [
    "a tokenizer that is none",
    "tokenizer.json is not JSON",
    () => writeFileSync(path.join(folder, "e/tokenizer.json"), "["),
  ],
  [
    "a tokenizer of nothing",
    "tokenizer.json does not describe a tokenizer",
    () => writeFileSync(path.join(folder, "e/tokenizer.json"), "{}"),
  ],
  [
    "a graph that is none",
    "onnxruntime cannot load",
    () => writeFileSync(path.join(folder, "e/model.onnx"), "hello"),
  ],
  [
    "another kind of graph",
    'its graph asks for "buckets"',
    () =>
      writeFileSync(
        path.join(folder, "e/model.onnx"),
        toOnnx(
          trainClassifier(
            [
              { text: "a b", label: "x" },
              { text: "c d", label: "y" },
            ],
            "en",
            64,
          ),
        ),
      ),
  ],
])("%s is one line that says so", async (_, message, spoil) => {
  const dir = path.join(folder, "e");
  cpSync(ENCODER, dir, { recursive: true });
  spoil();
  const error = await SentenceEncoder.load(dir, async (touch) => touch()).catch((e: Error) => e);
  expect(error).toMatchObject({ code: expect.stringMatching(/^MODEL_/) });
  expect(error).toMatchObject({ message: expect.stringMatching(/^[^\n]*$/) });
  expect(error).toMatchObject({ message: expect.stringContaining(message) });
});

test("a wrong folder is reported in one line with exit status 2", async () => {
  const { code, stdout, stderr } = await understand("--encoder", folder, "hello");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(
    /^earshot: .* is not a sentence encoder: model\.onnx .* is missing\..*\n$/,
  );
}, 60_000);
