import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { Scope } from "../../../src/lifetime/scope.ts";
import type { Automaton } from "../../../src/grammar/automaton.ts";
import { SpeechToText } from "../../../src/stt/speech-to-text.ts";
import { automatonOf } from "../../grammar/templates-of.ts";
import { areGone, processTable } from "../../helpers/process-table.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/speech");
const MODEL = path.resolve(import.meta.dirname, "../../../models/embedded");
const RECORDING = path.join(FIXTURES, "turn-on-the-kitchen-light.flac");
const templates = (): Automaton => automatonOf(["turn on the kitchen light"], "");

/** A copy of the embedded model that may be spoilt, gone when the scope closes. */
function modelCopy(scope: Scope): string {
  const dir = mkdtempSync(path.join(tmpdir(), "earshot-model-"));
  scope.defer(() => rmSync(dir, { recursive: true }));
  cpSync(MODEL, dir, { recursive: true });
  return dir;
}

function workers(): number[] {
  const own = processTable().filter(({ parentPid }) => parentPid === process.pid);
  return own.map(({ pid }) => pid);
}

/** In a process of its own, with the way to kill it. */
async function openKillable(
  scope: Scope,
  model: string,
): Promise<{ stt: SpeechToText; kill: () => Promise<void> }> {
  const before = new Set(workers());
  const own = (): number[] => workers().filter((pid) => !before.has(pid));
  const stt = await SpeechToText.open(scope, { model, language: "en", isolation: "process" });
  await stt.setGrammar(templates());
  const kill = async (): Promise<void> => {
    while (own().length === 0) await setImmediate(); // it is being started
    const pids = own();
    for (const pid of pids) process.kill(pid, "SIGKILL");
    await areGone(pids);
  };
  return { stt, kill };
}

test("after its worker died, templates can be replaced and recordings heard", async () => {
  await using scope = new Scope("test");
  const { stt, kill } = await openKillable(scope, "embedded");
  await kill();
  await stt.setGrammar(templates());
  expect((await stt.recognize(RECORDING)).decision).toBe("accept");
  await kill();
  expect((await stt.recognize(RECORDING)).decision).toBe("accept");
});

test("a new start that fails is tried again by the next call, and by who comes next", async () => {
  await using scope = new Scope("test");
  const dir = modelCopy(scope);
  const graph = path.join(dir, "speech.onnx");
  const { stt, kill } = await openKillable(scope, dir);
  await kill();
  renameSync(graph, `${graph}.away`);
  await expect(stt.recognize(RECORDING)).rejects.toMatchObject({ code: "MODEL_INVALID" });
  await expect(stt.recognize(RECORDING)).rejects.toMatchObject({ code: "MODEL_INVALID" });
  renameSync(`${graph}.away`, graph);
  const other = new Scope("other");
  const options = { model: dir, language: "en", isolation: "process" } as const;
  await SpeechToText.open(other, options);
  expect((await stt.recognize(RECORDING)).decision).toBe("accept");
  await other.close();
});

test("closing reports nothing when the worker could not be started anew", async () => {
  await using files = new Scope("files");
  const dir = modelCopy(files);
  const scope = new Scope("test");
  const { stt, kill } = await openKillable(scope, dir);
  await kill();
  rmSync(path.join(dir, "speech.onnx"));
  await expect(stt.recognize(RECORDING)).rejects.toMatchObject({ code: "MODEL_INVALID" });
  await scope.close();
});

test("the new worker that one caller needs takes nobody else's waiting calls along", async () => {
  await using scope = new Scope("test");
  const model = modelCopy(scope);
  cpSync(path.join(FIXTURES, "fails.onnx"), path.join(model, "speech.onnx"));
  const [a, b] = await Promise.all(
    [scope.fork("a"), scope.fork("b")].map((own) =>
      SpeechToText.open(own, { model, language: "en" }),
    ),
  );
  for (const stt of [a!, b!]) await stt.setGrammar(templates());
  const failing = [a!, b!, b!].map((stt) => stt.recognize(RECORDING));
  const replaced = b!.setGrammar(templates());
  for (const call of await Promise.allSettled(failing))
    expect(call).toMatchObject({ reason: { code: "RECOGNITION_FAILED" } });
  expect(await replaced).toEqual({ unsayable: [] });
});

test("a worker that dies while it starts is tried again, too", async () => {
  await using scope = new Scope("test");
  const { stt, kill } = await openKillable(scope, "embedded");
  await kill();
  const heard = stt.recognize(RECORDING);
  while (stt.counters.rebuilds === 0) await setImmediate();
  await kill();
  expect((await heard).decision).toBe("accept");
  expect(stt.counters).toMatchObject({ retries: 2, rebuilds: 2 });
});

test("a call is given up at once while a new worker is being started", async () => {
  await using scope = new Scope("test");
  const { stt, kill } = await openKillable(scope, "embedded");
  await kill();
  const controller = new AbortController();
  const call = stt.recognize(RECORDING, { signal: controller.signal });
  let outcome: unknown;
  call.catch((error: unknown) => (outcome = error));
  while (stt.counters.rebuilds === 0) await setImmediate();
  controller.abort("enough");
  await setImmediate();
  expect(outcome).toBe("enough");
  expect((await stt.recognize(RECORDING)).decision).toBe("accept");
});

test("a model folder without fitted sections is warned about once, and works", async () => {
  await using scope = new Scope("test");
  const dir = modelCopy(scope);
  const { decoding: _, ...card } = JSON.parse(readFileSync(path.join(dir, "model.json"), "utf8"));
  writeFileSync(path.join(dir, "model.json"), JSON.stringify(card));
  const warnings: NodeJS.ErrnoException[] = [];
  const onWarning = (warning: NodeJS.ErrnoException): void => void warnings.push(warning);
  process.on("warning", onWarning);
  scope.defer(() => void process.off("warning", onWarning));
  const stt = await SpeechToText.open(scope, { model: dir, language: "en" });
  await SpeechToText.open(scope, { model: dir, language: "fr" });
  await stt.setGrammar(templates());
  expect((await stt.recognize(RECORDING)).decision).toBe("accept");
  expect(warnings).toMatchObject([{ name: "EarshotWarning", code: "MODEL_UNCALIBRATED" }]);
  expect(warnings[0]?.message).toContain(`${dir}: model.json has no "decoding"; `);
});

test("many calls that wait with one signal are no leak", async () => {
  await using scope = new Scope("test");
  const stt = await SpeechToText.open(scope, { language: "en" });
  await stt.setGrammar(templates());
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on("warning", onWarning);
  scope.defer(() => void process.off("warning", onWarning));
  const { signal } = new AbortController();
  const calls = Array.from({ length: 12 }, (_, i) =>
    stt.recognize(RECORDING, i % 2 === 0 ? { signal } : {}),
  );
  for (const { decision } of await Promise.all(calls)) expect(decision).toBe("accept");
  expect(warnings).toEqual([]);
});
