import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { examplesOf, setUpPage } from "./page-examples.ts";

const PAGE = "docs/intents.md";
const run = promisify(execFile);

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
    expect(withoutShares(stdout + stderr)).toBe(withoutShares(output));
  },
  60_000,
);

/** How sure it is of what was misheard may change; what it means may not. */
function withoutShares(text: string): string {
  return text.replaceAll(/\(\d\d? %\)/g, "(… %)");
}
