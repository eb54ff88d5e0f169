import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** The rooms of src. Each may import those before it, never those behind it. */
const ROOMS =
  "errors base trace lifetime workers languages grammar audio models stt intent context skills run server testing cli index";

/** Packages and modules that one place owns: everything else goes through it. */
const OWNERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["onnxruntime-node", ["workers/"]],
  ["node-record-lpcm16", ["audio/microphone/"]],
  ["signal-exit", ["lifetime/exit/"]],
  [
    "node:worker_threads",
    ["workers/", "lifetime/exit/watchdog.ts", "trace/active-trace.ts", "testing/"],
  ],
]);

const LEAVES_PROCESS = /\bprocess\.(?:exit|reallyExit)\(/;
const LISTENS_FOR_END =
  /\bprocess\s*\.(?:on|once|prependListener)\(\s*"(?:SIG|exit|beforeExit|uncaught|unhandled)/;
const SENDS_TO_PROCESS = /\bprocess\.(?:send\b|(?:on|once)\(\s*"(?:message|disconnect)")/;
const MAX_FILES = 16;

const SRC = path.resolve(import.meta.dirname, "../src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll(path.sep, "/"));
const textOf = new Map(files.map((file) => [file, readFileSync(path.join(SRC, file), "utf8")]));
const importsOf = new Map(Array.from(textOf, ([file, text]) => [file, specifiersIn(text)]));

test("every import goes to the same room or to one before it", () => {
  const rooms = ROOMS.split(" ");
  const rankOf = (file: string): number => rooms.indexOf(roomOf(file));
  expect(files.filter((file) => rankOf(file) < 0)).toEqual([]);
  expect(edges().filter(([from, to]) => rankOf(to) > rankOf(from))).toEqual([]);
});

test("speech and intent know nothing of each other", () => {
  const between = edges().filter(
    ([from, to]) => [roomOf(from), roomOf(to)].toSorted().join(" ") === "intent stt",
  );
  expect(between).toEqual([]);
});

test("no file imports itself by way of others, types included", () => {
  expect(files.filter((file) => reachableFrom(file).has(file))).toEqual([]);
});

test("packages that reach outside JavaScript are imported by their owners only", () => {
  const foreign = Array.from(OWNERS, ([name, owners]) =>
    files.filter((file) => importsOf.get(file)?.includes(name) === true && !isIn(file, owners)),
  );
  expect(foreign.flat()).toEqual([]);
});

test("only lifetime/exit, the skills' thread and testing listen for the end of the process", () => {
  const owners = ["lifetime/exit/", "skills/thread/", "testing/"];
  expect(filesWith(LISTENS_FOR_END, owners)).toEqual([]);
});

test("only lifetime/exit leaves the process", () => {
  expect(filesWith(LEAVES_PROCESS, ["lifetime/exit/"])).toEqual([]);
});

test("only workers exchange messages with another process", () => {
  expect(filesWith(SENDS_TO_PROCESS, ["workers/"])).toEqual([]);
});

test(`no folder holds more than ${MAX_FILES} files of its own`, () => {
  const folders = files.map((file) => path.posix.dirname(file));
  const sizeOf = (folder: string): number => folders.filter((each) => each === folder).length;
  expect([...new Set(folders)].filter((folder) => sizeOf(folder) > MAX_FILES)).toEqual([]);
});

function edges(): (readonly [from: string, to: string])[] {
  return files.flatMap((file) => targetsOf(file).map((to) => [file, to] as const));
}

function targetsOf(file: string): string[] {
  return (importsOf.get(file) ?? [])
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => path.posix.join(path.posix.dirname(file), specifier));
}

function reachableFrom(file: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = targetsOf(file);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...targetsOf(next));
  }
  return reached;
}

function specifiersIn(text: string): string[] {
  return Array.from(text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g), ([, name = ""]) => name);
}

function filesWith(pattern: RegExp, owners: readonly string[]): string[] {
  return files.filter((file) => pattern.test(codeOf(file)) && !isIn(file, owners));
}

/** Without comments, which may name what the code must not do, and without strings. */
function codeOf(file: string): string {
  return (textOf.get(file) ?? "").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|`[^`]*`/gm, "");
}

function isIn(file: string, owners: readonly string[]): boolean {
  return owners.some((owner) => file.startsWith(owner));
}

function roomOf(file: string): string {
  return (file.split("/")[0] ?? "").replace(/\.ts$/, "");
}
