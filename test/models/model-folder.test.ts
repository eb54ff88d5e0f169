import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EMBEDDED_MODEL } from "../../src/base/package-root.ts";
import { openModelFolder } from "../../src/models/model-folder.ts";

type Section = Record<string, unknown>;
type Json = Section & { decoding?: Section; decision?: Section };

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "earshot-model-"));
  cpSync(path.join(EMBEDDED_MODEL, "speech.onnx"), path.join(dir, "speech.onnx"));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Opens a folder whose model.json is the embedded model's after a change. */
function openWith(change: (json: Json) => void) {
  const json = JSON.parse(readFileSync(path.join(EMBEDDED_MODEL, "model.json"), "utf8")) as Json;
  change(json);
  writeFileSync(path.join(dir, "model.json"), JSON.stringify(json));
  return openModelFolder(dir);
}

test("the embedded model has both fitted sections", async () => {
  const { card } = await openModelFolder(EMBEDDED_MODEL);
  expect(card.uncalibrated).toEqual([]);
  expect(card.calibration.decision.minConfidence).toBe(0.5);
});

test("a folder without a section takes the embedded model's values, and says so", async () => {
  const { card: embedded } = await openModelFolder(EMBEDDED_MODEL);
  const { card } = await openWith((json) => {
    delete json.decision;
    json.decoding = { ...json.decoding, passRatesHz: [] };
  });
  expect(card.uncalibrated).toEqual(["decision"]);
  expect(card.calibration.decision).toEqual(embedded.calibration.decision);
  expect(card.calibration.decoding.passRatesHz).toEqual([]);
});

test.each<[wrong: string, change: (json: Json) => void, message: string]>([
  ["unknown", ({ decision }) => (decision!["mood"] = 1), '"decision.mood" in model.json is not'],
  ["missing", ({ decision }) => delete decision!["marginNats"], '"decision.marginNats" is missing'],
  [
    "missing in an inner object",
    ({ decision }) => (decision!["worstWord"] = { evenNats: 1 }),
    '"decision.worstWord.scaleNats" is missing',
  ],
  [
    "not a number",
    ({ decision }) => (decision!["minConfidence"] = "0.5"),
    '"decision.minConfidence" in model.json must be a number from 0 to 1, not "0.5"',
  ],
  ["null", ({ decision }) => (decision!["marginNats"] = null), "from 0 to 1000, not null"],
  [
    "not whole",
    ({ decision }) => (decision!["shortPhones"] = 1.5),
    '"decision.shortPhones" in model.json must be a whole number from 0 to 1000, not 1.5',
  ],
  [
    "wrong in a list",
    ({ decoding }) => (decoding!["passRatesHz"] = [15_000, 0]),
    '"decoding.passRatesHz[1]" in model.json must be a whole number from 8000 to 32000, not 0',
  ],
  [
    "a rate that no resampler takes",
    ({ decoding }) => (decoding!["passRatesHz"] = [15_000.5]),
    '"decoding.passRatesHz[0]" in model.json must be a whole number from 8000 to 32000, not 15000.5',
  ],
  [
    "a list that is too long",
    ({ decoding }) => (decoding!["passRatesHz"] = Array.from({ length: 9 }, () => 15_000)),
    '"decoding.passRatesHz" must have at most 8 rates, not 9',
  ],
  [
    "null",
    (json) => {
      json["decoding"] = null as never;
      delete json["decision"];
    },
    '"decoding" in model.json must be an',
  ],
  [
    "a list of other things than texts",
    (json) => (json["phones"] = [null, 3] as never),
    '"phones" in model.json must hold texts only',
  ],
  [
    "a list of phones without the blank in front",
    (json) => (json["phones"] = ["a", "_"] as never),
    '"phones" in model.json must begin with the blank "_"',
  ],
  [
    "not a list",
    ({ decoding }) => (decoding!["passRatesHz"] = 15_000),
    '"decoding.passRatesHz" in model.json must be a list of numbers',
  ],
  [
    "at odds with another",
    ({ decoding }) => ((decoding!["blankPenalty"] as Section)["loud"] = 0.1),
    '"decoding.blankPenalty.loud" must be above "quiet"',
  ],
  ["no object", (json) => (json["decision"] = [] as never), '"decision" in model.json must be an'],
])("a field that is %s is refused by name", async (_, change, message) => {
  await expect(openWith(change)).rejects.toMatchObject({
    code: "MODEL_INVALID",
    message: expect.stringContaining(message),
  });
});
