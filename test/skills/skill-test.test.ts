import path from "node:path";
import { expect, test } from "vitest";
import { readSkillTest } from "../../src/skills/testing/skill-test.ts";
import { skillFolder } from "./skills-program.ts";

function read(yaml: string): ReturnType<typeof readSkillTest> {
  return readSkillTest(path.join(skillFolder({ "x.test.yaml": yaml }), "x.test.yaml"));
}

test.each([
  ["- sya: hello", ':1:3: unknown key "sya" in a step; the keys are say, after, reload'],
  ["- hello", ':1:3: expected keys and values here, not "hello"'],
  ["- say: [a]", ":1:8: say: expected a text here, not a list"],
  ["- say:", ":1:7: say: expected a text here, not nothing"],
  ["- after: 9", ":1:10: after: expected a duration such as 500ms, 30s or 2m here, not 9"],
  ["- after: soon", ':1:10: after: expected a duration such as 500ms, 30s or 2m here, not "soon"'],
  ["- reload: false", ":1:11: reload: true, or another step"],
  ["- restart: 1", ":1:12: restart: expected true or false here, not 1"],
  ["- signal: listening", ":1:11: signal: expected keys and values here"],
  ["- { say: a, after: 1s }", ":1:3: a step needs one of say, after, reload, restart, signal"],
  ["- { say: a, expect: [b] }", ":1:21: expect: expected keys and values here, not a list"],
  ["- { say: a, expect: { intent: [b] } }", ":1:31: intent: expected a text here, not a list"],
  ["- { say: a, expect: { slots: b } }", ":1:30: slots: expected keys and values here"],
  ["- { say: a, expect: { reply: { b: c } } }", ":1:30: reply: expected a text here, in quotes"],
  ["- { say: a, expect: { said: [true] } }", ":1:30: said: expected a text here, in quotes"],
  ["- { say: a, expect: { reply: /(/ } }", ":1:30: Invalid regular expression"],
  ["clock: noon\nsteps: []", ":1:8: clock: it is not like 2030-01-01T12:00"],
  ["clok: noon\nsteps: []", ':1:1: unknown key "clok" in a skill test; did you mean "clock"?'],
  ["clock: 2030-01-01T12:00", ":1:1: expected a list of steps"],
  ["steps: { say: a }", ":1:8: steps: expected a list here"],
  ["", ":1:1: expected a list of steps"],
])("a mistake in a test is found before it runs: %s", (yaml, message) => {
  expect(() => read(yaml)).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(message) }),
  );
});

test("every kind of step and expectation is read", () => {
  const { steps, clockMs } = read(`clock: 2030-01-01T12:00
steps:
  - say: 5
    expect: { intent: ~, slots: { n: 1.5 }, reply: [a, /b/i], said: [] }
  - after: 1.5s
  - reload: true
  - restart: true
  - signal: { listening: true }
`);
  expect(clockMs).toBe(Date.parse("2030-01-01T12:00"));
  expect(steps).toEqual([
    {
      line: 3,
      say: "5",
      expect: { intent: null, slots: { n: 1.5 }, reply: ["a", "/b/i"], said: [] },
    },
    { line: 5, afterMs: 1500, expect: {} },
    { line: 6, reload: true, expect: {} },
    { line: 7, restart: true, expect: {} },
    { line: 8, signal: { listening: true }, expect: {} },
  ]);
});
