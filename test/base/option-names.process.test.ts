import { spawn } from "node:child_process";
import { Server, Socket } from "node:net";
import { afterAll, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { Endpointer } from "../../src/audio/endpointing/endpointer.ts";
import { streamAudio } from "../../src/audio/formats/stream-audio.ts";
import { superviseMicrophone } from "../../src/audio/microphone/supervised-microphone.ts";
import { cleanupRegistry } from "../../src/lifetime/cleanup/cleanup-registry.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import { VoiceContext } from "../../src/context/voice-context.ts";
import { guardLeaks } from "../../src/testing/leaks/guard-leaks.ts";

const scope = new Scope("test");
afterAll(() => scope.close());
const context = new VoiceContext();
const program = spawn("true");
const nothing = (): void => {};
const pool = { name: "x", create: nothing, destroy: nothing };
const meant = (name: string): RegExp => new RegExp(`did you mean "${name}"`);

test.each<[string, (options: object) => unknown, string, RegExp]>([
  ["a timer", (o) => scope.timer("x", 1, nothing, o), "keepalive", meant("keepAlive")],
  ["a timer", (o) => scope.interval("x", 1, nothing, o), "onDuplicat", meant("onDuplicate")],
  ["server", (o) => scope.server(new Server(), o), "gracems", meant("graceMs")],
  [
    "server",
    (o) => scope.server(new WebSocketServer({ noServer: true }), o),
    "gracems",
    meant("graceMs"),
  ],
  ["connection", (o) => scope.connection(new Socket(), o), "gracems", meant("graceMs")],
  ["pool", (o) => scope.pool({ ...pool, ...o }), "idelMs", meant("idleMs")],
  ["outputFile", (o) => scope.outputFile("/no/such", o), "flag", meant("flags")],
  ["spawn", (o) => scope.spawn("true", [], o), "killAfter", meant("killAfterMs")],
  ["spawn", (o) => scope.spawn("true", [], o), "shell", /the options are name, stopSignal/],
  ["adopt", (o) => scope.adopt(program, o), "cwd", /the options are name/],
  ["runAll", (o) => cleanupRegistry.runAll("close", o), "silence", meant("silent")],
  ["streamAudio", (o) => streamAudio("/no/such", o).next(), "formt", meant("format")],
  [
    "superviseMicrophone",
    (o) => superviseMicrophone(scope, { onEvent: nothing, ...o }),
    "onEvnt",
    meant("onEvent"),
  ],
  ["endpointing", (o) => new Endpointer(o), "silenceMS", meant("silenceMs")],
  ["reloadTemplates", (o) => context.reloadTemplates(o), "intent", meant("intents")],
  [
    "watchTemplates",
    (o) => context.watchTemplates({ onEvent: nothing, ...o }),
    "onevent",
    meant("onEvent"),
  ],
  ["guardLeaks", (o) => guardLeaks(o), "ignored", meant("ignore")],
])("a misspelt option of %s is rejected with a hint", async (owner, call, name, hint) => {
  const called = (async () => await call({ [name]: true }))();
  await expect(called).rejects.toThrow(TypeError);
  await expect(called).rejects.toThrow(`unknown option "${name}" of ${owner}`);
  await expect(called).rejects.toThrow(hint);
  expect(scope.status().held).toEqual([]);
});
