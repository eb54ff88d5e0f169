import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BIN, ROOT } from "../cli/earshot.ts";

const run = promisify(execFile);
const SHARE = /\((\d\d?) %\)/g;
/** What it means may not change; how sure it is of what was misheard may, by so many points. */
const NEAR = 3;

/** A command of a page, and what it says there. */
type Example = { readonly line: number; readonly command: string; readonly output: string };

const BLOCK = /^```(\w+)\n([\s\S]*?)^```$/gm;
/** "# home.yaml" or "// watch.js", alone on the first line. */
const FILE_NAME = /^(?:#|\/\/) ([\w.-]+\.(?:yaml|js))\n/;

/** A test of each command of a page: run in a folder with the files that the page shows, it prints what stands there. */
export function testExamples(page: string): void {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "page-"));
    setUpPage(page, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(examplesOf(page))(
    `${page}:$line $command`,
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
}

/** How sure it is of each sentence, in percent. */
function sharesIn(text: string): number[] {
  return Array.from(text.matchAll(SHARE), ([, share]) => Number(share));
}

/** The commands of the `console` blocks of a page. */
function examplesOf(page: string): Example[] {
  const text = readFileSync(path.join(ROOT, page), "utf8");
  return blocksOf(text, "console").flatMap(({ body, line }) =>
    body.split(/^(?=\$ )/m).map((part) => {
      const [command = "", ...output] = part.split("\n");
      return { line, command: command.replace(/^\$ /, ""), output: output.join("\n") };
    }),
  );
}

/** Writes the files that a page shows, and has `earshot` there as command and as package. */
function setUpPage(page: string, folder: string): void {
  const text = readFileSync(path.join(ROOT, page), "utf8");
  for (const { body } of [...blocksOf(text, "yaml"), ...blocksOf(text, "js")]) {
    const name = FILE_NAME.exec(body)?.[1];
    if (name !== undefined) writeFileSync(path.join(folder, name), body);
  }
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(ROOT, path.join(folder, "node_modules/earshot"));
  cpSync(path.join(ROOT, "test/fixtures/encoder"), path.join(folder, "encoder"), {
    recursive: true,
  });
  const program = `#!/bin/sh\nexec ${process.execPath} ${BIN} "$@"\n`;
  writeFileSync(path.join(folder, "earshot"), program, { mode: 0o755 });
}

function blocksOf(text: string, language: string): { body: string; line: number }[] {
  return Array.from(text.matchAll(BLOCK), ([, kind, body = ""], i) => ({ kind, body, i }))
    .filter(({ kind }) => kind === language)
    .map(({ body }) => ({ body, line: text.slice(0, text.indexOf(body)).split("\n").length }));
}
