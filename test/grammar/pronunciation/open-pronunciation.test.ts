import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPronunciation } from "../../../src/grammar/pronunciation/open-pronunciation.ts";

const FILES = ["model.json", "lexicon-en.br", "g2p-en.bin"] as const;
const embedded = path.resolve(import.meta.dirname, "../../../models/embedded");

let modelDir: string;
beforeEach(async () => {
  modelDir = await mkdtemp(path.join(tmpdir(), "earshot-model-"));
  for (const file of FILES) await copyFile(path.join(embedded, file), path.join(modelDir, file));
});
afterEach(() => rm(modelDir, { recursive: true }));

test("a folder with these three files is enough", async () => {
  const pronouncer = await openPronunciation({ modelDir, language: "en" });
  expect(pronouncer.pronounce("milk")[0]?.phones).toEqual(["m", "ɪ", "l", "k"]);
});

test.each(FILES)("without a sound %s the folder is no model", async (file) => {
  for (const content of [undefined, "", '{"phones": 1}', "a".repeat(5000)]) {
    if (content === undefined) await rm(path.join(modelDir, file));
    else await writeFile(path.join(modelDir, file), content);
    await expect(openPronunciation({ modelDir, language: "en" })).rejects.toMatchObject({
      name: "EarshotError",
      code: "MODEL_INVALID",
      message: expect.stringContaining(file),
    });
  }
});

test("a lexicon with phones that the speech model lacks is refused", async () => {
  await writeFile(path.join(modelDir, "model.json"), '{"phones": ["_", "a", "b"]}');
  await expect(openPronunciation({ modelDir, language: "en" })).rejects.toMatchObject({
    code: "MODEL_INVALID",
    message: expect.stringContaining("model.json lacks"),
  });
});

test("a language without a model is the caller's mistake", async () => {
  // @ts-expect-error: what a caller without types may pass
  await expect(openPronunciation({ modelDir, language: "de" })).rejects.toThrow(RangeError);
});
