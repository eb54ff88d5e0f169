import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readYaml } from "../../../src/base/yaml/read-yaml.ts";
import type { YamlValue } from "../../../src/base/yaml/yaml-value.ts";

/** The value of the key `x` in a file that is named "t.yaml" in messages. */
function valueOf(text: string): YamlValue {
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-yaml-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, "t.yaml"), text);
  const kind = { code: "CONFIG_INVALID", expected: "expected keys" } as const;
  const found = readYaml(path.join(folder, "t.yaml"), kind, "t.yaml")
    .entries()
    .find(([key]) => key === "x");
  if (found === undefined) throw new Error("no x");
  return found[1];
}

test.each<[string, (value: YamlValue) => unknown, unknown]>([
  ["x: 010", (x) => x.writtenText(), "010"],
  ["x: 0x1F", (x) => x.writtenText(), "0x1F"],
  ["x: 'true'", (x) => x.writtenText(), "true"],
  ["x: 0.5", (x) => x.numberIn(0, 1), 0.5],
  ["x: 1.5m", (x) => x.durationMs(), 90_000],
  ["x: yes", (x) => x.flagText(), "yes"],
  ["x: true", (x) => x.flagText(), "true"],
  ["a: &a [1, { b: ~ }]\nx: *a", (x) => x.plain(), [1, { b: null }]],
  ["x: { __proto__: { y: 1 } }", (x) => Object.keys(x.plainMap()), ["__proto__"]],
])("%j is read by its kind", (text, read, value) => {
  expect(read(valueOf(text))).toEqual(value);
});

test.each<[string, (value: YamlValue) => unknown, string]>([
  ["{ x }", (x) => x.writtenText(), "t.yaml:1:3: x: expected a text here, not nothing"],
  ["x: !!binary aGk=", (x) => x.scalar(), "t.yaml:1:13: x: expected one value here"],
  ["x: 1.5", (x) => x.numberIn(0, 1), "t.yaml:1:4: x: expected a number from 0 to 1 here, not 1.5"],
  [
    "x: .nan",
    (x) => x.numberIn(0, 1),
    "t.yaml:1:4: x: expected a number from 0 to 1 here, not NaN",
  ],
  ["x: '1'", (x) => x.number(), 't.yaml:1:5: x: expected a number here, not "1"'],
  ["x: yes", (x) => x.flag(), 't.yaml:1:4: x: expected true or false here, not "yes"'],
  ["x: 5s ago", (x) => x.durationMs(), "x: expected a duration such as 500ms, 30s or 2m here"],
  ["x:\n  - a", (x) => x.plainMap(), "t.yaml:2:3: x: expected keys and values here, not a list"],
  [`x: ${"a".repeat(99)}`, (x) => x.flag(), `not "${"a".repeat(40)}…"`],
  ["x: { stp: 1 }", (x) => x.record(["step"], "a range"), 'in a range; did you mean "step"?'],
  ["x: { zz: 1 }", (x) => x.record(["step", "to"], "a range"), "in a range; the keys are step, to"],
  ["x: &a [*a]", (x) => x.plain(), "nested too deeply to read"],
])("%j is refused with its place, its key and what was found", (text, read, message) => {
  const value = valueOf(text);
  expect(() => read(value)).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(message) }),
  );
});
