import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { jsonLines, ROOT, startEarshot } from "./earshot.ts";

type Finding = { readonly name: string; readonly state: string; readonly advice?: string };

async function doctor(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout } = await startEarshot(["doctor", "--json", ...args], { env }).ended;
  return { code, findings: jsonLines(stdout) as Finding[] };
}

test("everything needed is there: exit status 0", async () => {
  const { code, findings } = await doctor([]);
  expect(findings.filter(({ state }) => state === "missing")).toEqual([]);
  expect(findings.length).toBeGreaterThanOrEqual(5);
  expect(code).toBe(0);
});

test("no recorder is a warning with advice, not a failure", async () => {
  const { code, findings } = await doctor([], { PATH: "/nonexistent" });
  const recorder = findings.find(({ name }) => name.includes("recorder for"));
  expect(recorder).toMatchObject({ state: "warning", advice: expect.stringContaining("alsa") });
  expect(code).toBe(0);
});

test.each([["fr"], ["en"]])("a model that knows %s only is asked for that", async (language) => {
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-doctor-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const embedded = path.join(ROOT, "models", "embedded");
  for (const file of readdirSync(embedded)) {
    symlinkSync(path.join(embedded, file), path.join(folder, file));
  }
  const card = JSON.parse(readFileSync(path.join(folder, "model.json"), "utf8")) as object;
  rmSync(path.join(folder, "model.json"));
  const languages = [language];
  writeFileSync(path.join(folder, "model.json"), JSON.stringify({ ...card, languages }));
  for (const wanted of ["en", "fr"]) {
    const { code, findings } = await doctor(["--model", folder], { EARSHOT_LANGUAGE: wanted });
    expect(findings.filter(({ state }) => state === "missing")).toEqual([]);
    expect(code).toBe(0);
  }
});

test("a folder that is no model is a failure with advice: exit status 1", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-doctor-"));
  mkdirSync(path.join(folder, "empty"));
  const { code, findings } = await doctor(["--model", path.join(folder, "empty")]);
  rmSync(folder, { recursive: true });
  const speech = findings.find(({ state }) => state === "missing");
  expect(speech).toMatchObject({
    name: expect.stringContaining("model"),
    advice: expect.any(String),
  });
  expect(code).toBe(1);
});
