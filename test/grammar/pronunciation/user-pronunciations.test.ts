import path from "node:path";
import { expect, test } from "vitest";
import { openPronunciation } from "../../../src/grammar/pronunciation/open-pronunciation.ts";
import type { UserPronunciations } from "../../../src/grammar/pronunciation/user-pronunciations.ts";

const modelDir = path.resolve(import.meta.dirname, "../../../models/embedded");
const open = (user: UserPronunciations) => openPronunciation({ modelDir, language: "en", user });

test("phones between slashes replace what the lexicon says", async () => {
  const pronouncer = await open({ Kitchen: "/k ʌ tʃ ɪ n/" });
  expect(pronouncer.pronounce("kitchen")).toEqual([
    { phones: ["k", "ʌ", "tʃ", "ɪ", "n"], costNats: 0 },
  ]);
});

test("words that sound alike stand for their first pronunciation", async () => {
  const pronouncer = await open({ siobhan: "shove on", gif: ["jiff", "/ɡ ɪ f/"] });
  expect(pronouncer.pronounce("siobhan")[0]?.phones).toEqual(["ʃ", "ʌ", "v", "ɔ", "n"]);
  expect(pronouncer.pronounce("gif").map((form) => form.phones.join(" "))).toEqual([
    "dʒ ɪ f",
    "ɡ ɪ f",
  ]);
});

test("letters apart are read by their names", async () => {
  const pronouncer = await open({ usa: "u s a" });
  expect(pronouncer.pronounce("usa")[0]?.phones.join(" ")).toBe("j u ɛ s eɪ");
});

test.each([
  ["/k ʌ tch/", '"tch" is no phone of this model; near it: t'],
  ["/g ɪ f/", '"g" is no phone of this model; near it: ɡ'],
  ["/ʃ ɜː n/", '"ɜː" is no phone of this model; near it: ɚ'],
  ["/k _ t/", '"_" is no phone'],
  ["/ /", "there are no phones between the slashes"],
  ["four 20", '"20" cannot be pronounced'],
  ["", "cannot be pronounced"],
])("%j is refused with its word and what is wrong", async (way, message) => {
  const failure = await open({ robot: way }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "EarshotError", code: "CONFIG_INVALID" });
  expect(String(failure)).toContain("pronounce: robot: ");
  expect(String(failure)).toContain(message);
});
