import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { earshot, ROOT, startEarshot } from "./earshot.ts";

const COMMANDS = ["run", "recognize", "transcribe", "understand", "doctor", "demo"] as const;

test.each(COMMANDS)("%s --help names its options and ends with 0", async (command) => {
  const { code, stdout, stderr } = await earshot([command, "--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`Usage: earshot ${command}`);
  expect(stdout).toContain("--json");
  expect(stdout).toContain("--config");
});

test("--version prints the version of the package", async () => {
  expect(await earshot(["--version"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test("a reader of the help that goes away ends it quietly", async () => {
  const { child, ended } = startEarshot(["run", "--help"]);
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
});

test.each([
  [["recognise"], "unknown command 'recognise'"],
  [["recognize", "--intnets", "x.yaml", "y.wav"], "unknown option '--intnets'"],
  [["recognize"], "missing required argument 'file'"],
  [["recognize", "y.wav"], "no sentence templates: give them with --intents"],
  [["understand", "--language", "de", "x"], '"de" is none of en, fr'],
  [["understand", "--config", "/nonexistent.yaml", "x"], "/nonexistent.yaml: cannot be read"],
  [["understand", "--intents", "/nonexistent.yaml", "x"], "/nonexistent.yaml"],
  [["transcribe", "--model", "/nonexistent", "demo/en/1.flac"], "/nonexistent"],
  [["run", "--duration", "1000h"], 'option --duration: "1000h" is longer than 596h'],
  [["run", "--silence", "2m"], 'option --silence: "2m" is longer than 60s'],
  [["run", "--recorder", "phone"], 'option --recorder: "phone" is none of arecord, sox'],
])("usage error %j: one line that says so, exit status 2", async (args, message) => {
  const { code, stdout, stderr } = await earshot(args);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n {4}at /);
  expect(code).toBe(2);
  expect(stdout).toBe("");
});

test.each([
  ["log:\n", "earshot.yaml:1:5: log: expected a text here, not nothing"],
  [
    "log: { file: a }\n",
    "earshot.yaml:1:6: log: expected a text here, in quotes, not keys and values",
  ],
])(
  "a key of earshot.yaml with no text writes no file of an odd name: %j",
  async (yaml, message) => {
    const folder = mkdtempSync(path.join(tmpdir(), "earshot-usage-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(path.join(folder, "earshot.yaml"), yaml);
    const intents = path.join(ROOT, "demo/en/intents.yaml");
    const input = path.join(ROOT, "demo/en/1.flac");
    const args = ["run", "--intents", intents, "--input", input];
    const { code, stdout, stderr } = await startEarshot(args, { cwd: folder }).ended;
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: `earshot: ${message}\n`,
    });
    expect(readdirSync(folder)).toEqual(["earshot.yaml"]);
  },
);
