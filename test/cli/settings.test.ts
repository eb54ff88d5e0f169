import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { resolveSettings } from "../../src/cli/settings/resolve-settings.ts";
import { environmentName, SETTING_KEYS, SETTINGS } from "../../src/cli/settings/settings.ts";
import { ROOT } from "./earshot.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "earshot-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function config(text: string): string {
  const file = path.join(folder, "earshot.yaml");
  writeFileSync(file, text);
  return file;
}

test("flags win over the environment, it over the file, and that over the defaults", () => {
  const file = config("language: fr\nsilence: 1s\nfuzzyThreshold: 20\n");
  const env = { EARSHOT_SILENCE: "2s", EARSHOT_FUZZY_THRESHOLD: "30" };
  const settings = resolveSettings({ fuzzyThreshold: "40" }, file, env);
  expect(settings).toMatchObject({
    fuzzyThreshold: 40,
    silence: 2000,
    language: "fr",
    model: "embedded",
  });
});

test("paths in the file are relative to it, those in flags are not", () => {
  const file = config("intents: [lights.yaml]\nlists: rooms.yaml\n");
  const settings = resolveSettings({ input: "x.wav" }, file, {});
  expect(settings.intents).toEqual([path.join(folder, "lights.yaml")]);
  expect(settings.lists).toEqual([path.join(folder, "rooms.yaml")]);
  expect(settings.input).toBe("x.wav");
});

test.each([
  [
    "langauge: fr\n",
    ':1:1: unknown key "langauge" in earshot.yaml (see docs/configuration.md); did you mean "language"?',
  ],
  ["silence: 600\n", ':1:10: silence: "600" is not a duration such as 500ms, 30s or 2m'],
  ["language: de\n", ':1:11: language: "de" is none of en, fr'],
  ["- en\n", ":1:1: expected keys and values here, not a list"],
  ["en\n", ':1:1: expected "key: value" lines'],
  ["language: [en\n", "earshot.yaml:2:1: not valid YAML"],
  ["json: true\nlog:\n", ":2:5: log: expected a text here, not nothing"],
  ["json: true\nlog: ~\n", ":2:6: log: expected a text here, not nothing"],
  ["log: { file: a }\n", ":1:6: log: expected a text here, in quotes, not keys and values"],
  ["log: [a, b]\n", ":1:6: log: expected a text here, not a list"],
  ["log: true\n", ":1:6: log: expected a text here, in quotes, not true"],
  ["intents: [a, [b]]\n", ":1:14: intents: expected a text here, not a list"],
  ["intents: [a, { b: c }]\n", ":1:14: intents: expected a text here, in quotes, not keys"],
  ["intents:\n  - a\n  -\n", ":3:4: intents: expected a text here, not nothing"],
  ["context: { area: kitchen }\n", ":1:10: context: expected a text here, in quotes, not keys"],
  ["once: [true]\n", ":1:7: once: expected true or false here, not a list"],
  ["once:\n", ":1:6: once: expected true or false here, not nothing"],
])("a mistake in the file is named: %j", (text, message) => {
  expect(() => resolveSettings({}, config(text), {})).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(message) }),
  );
});

const values = (key: string): string[] => {
  const nothings = ["", "~", "{}", "[[]]", "{ a: b }", "[{ a: b }]", "[~]"];
  return nothings.map((value) => `${key}: ${value}\n`);
};

test.each(SETTING_KEYS)("no setting takes nothing, a map or a list of lists: %s", (key) => {
  for (const text of values(key)) {
    expect(() => resolveSettings({}, config(text), {})).toThrow(
      new RegExp(String.raw`earshot\.yaml:1:\d+: ${key}: expected (a text|true or false)`),
    );
  }
});

test("a number is taken as it is written, an empty file and an empty list as nothing", () => {
  const written = config("device: 0\nmodel: 010\nfuzzyThreshold: 5.50\nonce: yes\nlists: []\n");
  expect(resolveSettings({}, written, {})).toMatchObject({
    device: "0",
    model: "010",
    fuzzyThreshold: 5.5,
    once: true,
    lists: [],
  });
  expect(resolveSettings({}, config("# nothing yet\n"), {}).log).toBeUndefined();
});

test("a mistyped variable is named, one of another program is let be", () => {
  const mistyped = { EARSHOT_INTENT: "lights.yaml" };
  expect(() => resolveSettings({}, undefined, mistyped)).toThrow(
    "unknown environment variable EARSHOT_INTENT; did you mean EARSHOT_INTENTS?",
  );
  expect(resolveSettings({}, undefined, { EARSHOT_PLUGIN_HOME: "/" }).language).toBe("en");
});

test("a file that cannot be read is named, one that nobody asked for may be absent", () => {
  expect(() => resolveSettings({}, path.join(folder, "none.yaml"), {})).toThrow("none.yaml");
  expect(resolveSettings({}, undefined, {}).language).toBe("en");
});

test("the documentation has every key with its flag and its variable", () => {
  const page = readFileSync(path.join(ROOT, "docs/configuration.md"), "utf8");
  for (const key of SETTING_KEYS) {
    const flags = SETTINGS[key].flags.replaceAll("|", String.raw`\|`);
    expect(page).toContain(`| \`${key}\` | \`${flags}\` | \`${environmentName(key)}\` |`);
    expect(page).toContain(SETTINGS[key].describe.replaceAll("|", String.raw`\|`));
  }
});
