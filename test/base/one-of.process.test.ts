import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { streamAudio } from "../../src/audio/formats/stream-audio.ts";
import { VoiceContext } from "../../src/context/voice-context.ts";
import { IntentEngine } from "../../src/intent/engine/intent-engine.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import { EventBus } from "../../src/run/event-bus.ts";
import { SpeechToText } from "../../src/stt/speech-to-text.ts";

const scope = new Scope("test");
afterAll(() => scope.close());
const program = spawn("true");
const nothing = (): void => {};
const bus = new EventBus<number>();
const intents = { intents: ["/no/such"], language: "en" } as const;

test.each<[string, (options: object) => unknown, RegExp]>([
  ["onDuplicate", (o) => scope.timer("x", 1, nothing, o), /refuse, replace/],
  ["onDuplicate", (o) => scope.interval("x", 1, nothing, o), /refuse, replace/],
  ["phase", (o) => scope.defer(nothing, o), /intake, work/],
  ["phase", (o) => scope.fork("x", o), /intake, work/],
  ["flags", (o) => scope.outputFile(path.join(tmpdir(), "earshot-none"), o), /w, a/],
  ["stopSignal", (o) => scope.spawn("true", [], o), /SIGTERM/],
  ["stopSignal", (o) => scope.adopt(program, o), /SIGTERM/],
  ["format", (o) => streamAudio("/no/such", o).next(), /pcm16/],
  ["overflow", (o) => bus.subscribe("x", nothing, o), /drop-oldest, drop-new/],
  ["language", (o) => new VoiceContext(o), /en, fr/],
  ["fallbackLanguage", (o) => new VoiceContext(o), /en, fr/],
  ["isolation", (o) => new VoiceContext(o), /thread, process/],
  ["language", (o) => SpeechToText.open(scope, { language: "en", ...o }), /en, fr/],
  ["isolation", (o) => SpeechToText.open(scope, { language: "en", ...o }), /thread, process/],
  ["language", (o) => IntentEngine.open(scope, { ...intents, ...o }), /en, fr/],
  ["fallbackLanguage", (o) => IntentEngine.open(scope, { ...intents, ...o }), /en, fr/],
])("%s takes none but its choices", async (option, call, choices) => {
  const called = (async () => await call({ [option]: "raplace" }))();
  await expect(called).rejects.toThrow(RangeError);
  await expect(called).rejects.toThrow(`${option} must be one of `);
  await expect(called).rejects.toThrow(', not "raplace"');
  await expect(called).rejects.toThrow(choices);
  expect(scope.status().held).toEqual([]);
});
