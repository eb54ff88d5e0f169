import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../cli/earshot.ts";

/** Folders whose pages people read, beside those at the top of the repository. */
const FOLDERS = [
  "docs",
  "docs/adr",
  "models/embedded",
  "bench",
  "training",
  "training/pronunciation",
];
const LINK = /\]\((?!\w+:)([^)\s#]*)(?:#([^)\s]+))?\)/g;
const CODE = /^```.*?^```$|`[^`\n]*`/gms;

const pages = [".", ...FOLDERS].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => path.join(folder, file)),
);

test.each(pages)("every relative link of %s leads to a file and a heading", (page) => {
  const prose = readFileSync(path.join(ROOT, page), "utf8").replaceAll(CODE, "");
  const broken = Array.from(prose.matchAll(LINK)).filter(
    ([, file = "", anchor]) => !leadsSomewhere(page, file, anchor),
  );
  expect(broken.map(([link]) => link)).toEqual([]);
});

function leadsSomewhere(page: string, file: string, anchor: string | undefined): boolean {
  const target = file === "" ? page : path.join(path.dirname(page), file);
  const absolute = path.join(ROOT, target);
  if (!existsSync(absolute)) return false;
  if (anchor === undefined) return true;
  return statSync(absolute).isFile() && anchorsOf(absolute).includes(anchor);
}

/** As GitHub makes them: lower case, without punctuation, hyphens for spaces. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm);
  return Array.from(headings, ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
