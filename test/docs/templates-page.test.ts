import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPronunciation } from "../../src/grammar/pronunciation/open-pronunciation.ts";
import { ROOT } from "../cli/earshot.ts";
import { examplesOf, setUpPage } from "./page-examples.ts";

const PAGE = "docs/templates.md";
const MODEL = path.join(ROOT, "models/embedded");
const run = promisify(execFile);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "page-"));
  setUpPage(PAGE, folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(examplesOf(PAGE))(
  "docs/templates.md:$line $command",
  async ({ command, output }) => {
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    const { stdout } = await run("sh", ["-c", command], { cwd: folder, env });
    expect(withoutShares(stdout)).toBe(withoutShares(output));
  },
  60_000,
);

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

/** How sure it is of what was misheard may change; what it means may not. */
function withoutShares(text: string): string {
  return text.replaceAll(/\(\d\d? %\)/g, "(… %)");
}
