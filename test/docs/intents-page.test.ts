import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { examplesOf, setUpPage } from "./page-examples.ts";

const PAGE = "docs/intents.md";
const run = promisify(execFile);
const SHARE = /\((\d\d?) %\)/g;
/** What it means may not change; how sure it is of what was misheard may, by so many points. */
const NEAR = 3;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "page-"));
  setUpPage(PAGE, folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(examplesOf(PAGE))(
  "docs/intents.md:$line $command",
  async ({ command, output }) => {
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    const { stdout, stderr } = await run("sh", ["-c", command], { cwd: folder, env });
    const said = stdout + stderr;
    expect(said.replaceAll(SHARE, "(… %)")).toBe(output.replaceAll(SHARE, "(… %)"));
    const shown = sharesIn(output);
    const isNear = sharesIn(said).map((share, i) => Math.abs(share - (shown[i] ?? 0)) <= NEAR);
    expect(isNear.includes(false) ? sharesIn(said) : shown).toEqual(shown);
  },
  60_000,
);

/** How sure it is of each sentence, in percent. */
function sharesIn(text: string): number[] {
  return Array.from(text.matchAll(SHARE), ([, share]) => Number(share));
}
