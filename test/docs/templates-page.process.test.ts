import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openPronunciation } from "../../src/grammar/pronunciation/open-pronunciation.ts";
import { ROOT } from "../cli/earshot.ts";
import { testExamples } from "./page-examples.ts";

const PAGE = "docs/templates.md";
const MODEL = path.join(ROOT, "models/embedded");

testExamples(PAGE);

test("every phone of the model is listed with a word of the language that has it", async () => {
  const [, english = "", french = ""] = /^Phones, in English:$(.*)^In French:$(.*?)^##/ms.exec(
    readFileSync(path.join(ROOT, PAGE), "utf8"),
  )!;
  const listed = new Set<string>();
  for (const [language, text] of [
    ["en", english],
    ["fr", french],
  ] as const) {
    const pronouncer = await openPronunciation({ modelDir: MODEL, language });
    for (const [, phone = "", word = ""] of text.matchAll(/`(\S+)` (\p{L}+)/gu)) {
      const said = pronouncer.pronounce(word)[0]?.phones ?? [];
      expect(`${word}: ${said.join(" ")}`).toMatch(new RegExp(` ${phone}( |$)`));
      listed.add(phone);
    }
  }
  const { phones } = JSON.parse(readFileSync(path.join(MODEL, "model.json"), "utf8"));
  expect([...listed, "_"].toSorted()).toEqual(phones.toSorted());
});
