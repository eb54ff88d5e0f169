import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Which folders (or root files) of src/ each may import, besides itself. Absent: anything. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  errors: [],
  language: [],
  duration: [],
  "package-root": [],
  "kind-of": [],
  "option-names": ["grammar", "kind-of"],
  trace: ["errors"],
  context: ["errors", "trace", "kind-of", "option-names"],
  workers: ["errors", "context", "trace"],
  onnx: ["errors", "workers"],
  audio: ["errors", "context", "kind-of", "option-names"],
  grammar: ["errors", "language"],
  stt: "errors language package-root option-names context audio workers onnx grammar".split(" "),
  intent: "errors language package-root option-names context workers onnx grammar".split(" "),
  "user-command": ["errors", "context"],
  reply: ["errors", "language", "context", "grammar", "user-command"],
  service: ["errors", "context"],
  validator: ["errors", "language", "grammar"],
  skills: "errors language duration package-root option-names context workers grammar".split(" "),
  orchestrator:
    "errors language kind-of context audio stt intent grammar reply skills user-command validator".split(
      " ",
    ),
};

/** voice-context*.ts is where lifetimes, speech and intent meet; nothing else in context knows of speech. */
const MEETING_PLACE = ["voice-context.ts", "voice-context-options.ts"].map((file) =>
  path.join("context", file),
);

/** A package that reaches outside JavaScript is imported by these folders (or files) only. */
const OWNERS: Record<string, readonly string[]> = {
  "onnxruntime-node": ["onnx", "stt", "intent"],
  "node-record-lpcm16": ["audio"],
  "signal-exit": ["context"],
  "node:worker_threads": [
    "workers",
    path.join("context", "watchdog.ts"),
    path.join("trace", "active-trace.ts"),
    "testing",
  ],
};

const SRC = path.resolve(import.meta.dirname, "../src");
const folderOf = (file: string): string => (file.split(path.sep)[0] ?? "").replace(/\.ts$/, "");

test("every module imports only what its folder may", () => {
  expect(sourceFiles().flatMap(violationsIn)).toEqual([]);
});

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".ts"));
}

function violationsIn(file: string): string[] {
  const folder = folderOf(file);
  const text = readFileSync(path.join(SRC, file), "utf8");
  const specifiers = Array.from(
    text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g),
    (m) => m[1] ?? "",
  );
  return specifiers.filter((s) => !isAllowed(file, folder, s)).map((s) => `${file} → ${s}`);
}

function isAllowed(file: string, folder: string, specifier: string): boolean {
  if (!specifier.startsWith(".")) {
    return OWNERS[specifier]?.some((owner) => owner === folder || owner === file) ?? true;
  }
  if (MEETING_PLACE.includes(file)) return true;
  const target = folderOf(path.join(path.dirname(file), specifier));
  return target === folder || (MAY_IMPORT[folder]?.includes(target) ?? true);
}
