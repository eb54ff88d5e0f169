import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const INSTALL_LIMIT_MS = 300_000;
const README = readFileSync(path.join(ROOT, "README.md"), "utf8");
const TSC = ["--module", "nodenext", "--target", "es2022", "--types", "node", "--noEmit"];
const CODE = /^```(ts|js)\n([\s\S]*?)^```$/gm;
/** What the examples take from the reader's own program. */
const PRELUDE =
  "declare function openSerialPort(): Promise<Disposable & { write(text: string): void }>;\n";

/** A folder with nothing but the packed package in it. */
let folder: string;
let files: string[];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "earshot-packed-"));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  const packed = run(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    ROOT,
  );
  const [{ filename, files: entries }] = JSON.parse(packed);
  files = entries.map((entry: { path: string }) => entry.path);
  run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${filename}`]);
  cpSync(path.join(ROOT, "demo/en/intents.yaml"), path.join(folder, "kitchen.yaml"));
}, INSTALL_LIMIT_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the package holds one build", () => {
  const builds = new Set(files.flatMap((file) => /^dist\/builds\/([^/]+)\//.exec(file)?.[1] ?? []));
  expect([...builds]).toHaveLength(1);
  expect(files).toContain("dist/bin/earshot.js");
  expect(files.filter((file) => file.endsWith(".map"))).toEqual([
    `dist/builds/${[...builds].join()}/src/testing/setup.js.map`,
  ]);
});

test("the installed command understands a sentence", () => {
  const args = ["earshot", "understand", "--json", "--intents", "kitchen.yaml"];
  const line = JSON.parse(run("npx", [...args, "switch on the lights in the kitchen"]));
  expect(line).toMatchObject({ decision: "accept", intent: { name: "LightsOn" } });
});

test("a program imports it, and what it recognises is right", () => {
  cpSync(path.join(ROOT, "demo/en/1.flac"), path.join(folder, "kitchen.wav"));
  const [example = ""] = examples("js");
  writeFileSync(path.join(folder, "example.js"), example);
  expect(run(process.execPath, ["example.js"])).toContain("LightsOn");
});

test("the examples of the README compile against it", () => {
  for (const name of ["@types", "undici-types", "vitest"]) {
    symlinkSync(path.join(ROOT, "node_modules", name), path.join(folder, "node_modules", name));
  }
  const names = examples("ts").map((example, i) => {
    writeFileSync(path.join(folder, `example${i}.mts`), PRELUDE + example);
    return `example${i}.mts`;
  });
  expect(names.length).toBeGreaterThanOrEqual(2);
  run(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), ...TSC, ...names]);
});

/** The programs among them: those that import the package. */
function examples(language: string): string[] {
  return Array.from(README.matchAll(CODE), ([, kind, code = ""]) => ({ kind, code }))
    .filter(({ kind, code }) => kind === language && code.includes('from "earshot"'))
    .map(({ code }) => code);
}

function run(command: string, args: readonly string[], cwd: string = folder): string {
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" };
  try {
    return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")} failed: ${stdout}${stderr}`, { cause: error });
  }
}
