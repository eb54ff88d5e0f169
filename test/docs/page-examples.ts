import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BIN, ROOT } from "../cli/earshot.ts";

/** A command of a page, and what it says there. */
export type Example = { readonly line: number; readonly command: string; readonly output: string };

const BLOCK = /^```(\w+)\n([\s\S]*?)^```$/gm;
/** "# home.yaml" or "// watch.js", alone on the first line. */
const FILE_NAME = /^(?:#|\/\/) ([\w.-]+\.(?:yaml|js))\n/;

/** The commands of the `console` blocks of a page. */
export function examplesOf(page: string): Example[] {
  const text = readFileSync(path.join(ROOT, page), "utf8");
  return blocksOf(text, "console").flatMap(({ body, line }) =>
    body.split(/^(?=\$ )/m).map((part) => {
      const [command = "", ...output] = part.split("\n");
      return { line, command: command.replace(/^\$ /, ""), output: output.join("\n") };
    }),
  );
}

/** Writes the files that a page shows, and has `earshot` there as command and as package. */
export function setUpPage(page: string, folder: string): void {
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
