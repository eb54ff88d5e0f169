import { expect, test } from "vitest";
import { earshot } from "./earshot.ts";

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

test.each([
  [["recognise"], "unknown command 'recognise'"],
  [["recognize", "--intnets", "x.yaml", "y.wav"], "unknown option '--intnets'"],
  [["recognize"], "missing required argument 'file'"],
  [["recognize", "y.wav"], "no sentence templates: give them with --intents"],
  [["understand", "--language", "de", "x"], '"de" is none of en, fr'],
  [["understand", "--config", "/nonexistent.yaml", "x"], "/nonexistent.yaml cannot be read"],
  [["understand", "--intents", "/nonexistent.yaml", "x"], "/nonexistent.yaml"],
  [["transcribe", "--model", "/nonexistent", "demo/en/1.flac"], "/nonexistent"],
])("usage error %j: one line that says so, exit status 2", async (args, message) => {
  const { code, stdout, stderr } = await earshot(args);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n {4}at /);
  expect(code).toBe(2);
  expect(stdout).toBe("");
});
