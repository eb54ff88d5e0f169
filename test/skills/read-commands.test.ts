import path from "node:path";
import { expect, test } from "vitest";
import { readCommands } from "../../src/skills/commands/read-commands.ts";
import { skillFolder } from "./skills-program.ts";

function read(yaml: string): unknown {
  const folder = skillFolder({ "x.commands.yaml": yaml });
  return readCommands(path.join(folder, "x.commands.yaml"), folder);
}

test.each([
  ["X: { shell: ls, say: true }", ":1:22: say: expected a text here, in quotes, not true"],
  ["X: { shell: ls, say: {room} }", ":1:22: say: expected a text here, in quotes, not keys"],
  ["X: { shell: ls, fail: [a] }", ":1:23: fail: expected a text here, not a list"],
  ["X:\n  shell:\n", ":2:9: shell: expected a text here, not nothing"],
  ["X: { run: [] }", ":1:11: run needs a list"],
  ["X: { run: [a, [b]] }", ":1:15: run: expected a text here, not a list"],
  ["X: { run: [a, ~] }", ":1:15: run: expected a text here, not nothing"],
  ["X: { http: a }", ':1:12: http: expected keys and values here, not "a"'],
  ["X: { http: { url: [a] } }", ":1:19: url: expected a text here, not a list"],
  ["X: { http: { url: a, method: {} } }", ":1:30: method: expected a text here, in quotes"],
  ["X: { http: { url: a, headers: b } }", ":1:31: headers: expected keys and values here"],
  ["X: { http: { url: a, headers: { b: [c] } } }", ":1:36: b: expected a text here, not a list"],
  ["X: { http: { url: a, body: { b: c } } }", ":1:28: body: expected a text here, in quotes"],
  ["X: { http: { url: a, body: b, json: c } }", ":1:37: http takes json or body, not both"],
  ["X: { http: { url: a, method: get, body: b } }", ":1:41: http sends no body with get"],
  ["X: { mqtt: { broker: a } }", ":1:12: mqtt needs topic"],
  ["X: { mqtt: { broker: a, topic: b, payload: { c: d } } }", ":1:44: payload: expected a text"],
  ["X: { mqtt: { broker: a, topic: b, retain: on } }", ":1:43: retain: expected true or false"],
  ["X: { tcp: { to: a, send: ~ } }", ":1:26: send: expected a text here, not nothing"],
  ["X: &x { http: { url: a, json: &j [*j] } }", "nested too deeply to read"],
])("a value of the wrong kind is found when commands are loaded: %s", (yaml, message) => {
  expect(() => read(yaml)).toThrow(
    expect.objectContaining({ code: "SKILL_INVALID", message: expect.stringContaining(message) }),
  );
});

test("a number is a text as it is written, and JSON stays what it is", () => {
  expect(read("X: { mqtt: { broker: a, topic: b, payload: 1.50 }, say: 5 }")).toMatchObject([
    { mqtt: { payload: "1.50" }, say: "5" },
  ]);
  expect(read("X: { run: [sleep, 010] }")).toMatchObject([{ run: ["sleep", "010"] }]);
  expect(read("X: { http: { url: a, json: { a: [1.5, true, ~, {}] } } }")).toMatchObject([
    { http: { json: { a: [1.5, true, null, {}] } } },
  ]);
});
