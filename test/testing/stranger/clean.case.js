import { spawn } from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Scope } from "earshot";
import { expectNoLeaks, voiceTest } from "earshot/testing";
import { expect } from "vitest";

const test = voiceTest.extend({
  voiceOptions: [{ intents: "node_modules/earshot/demo/en/intents.yaml" }, { scope: "file" }],
});

test("a context for the test", async ({ voice }) => {
  expect((await voice.intent.classify("stop the music")).intent?.name).toBe("StopMusic");
});

test("a context for the file", async ({ fileVoice }) => {
  expect((await fileVoice.intent.classify("stop the music")).intent?.name).toBe("StopMusic");
});

test("the same context for the file", async ({ fileVoice }) => {
  expect(fileVoice.signal.aborted).toBe(false);
});

test("what is released is no leak", async () => {
  {
    const scope = new Scope("kitchen");
    await scope.tempDir();
    await scope.spawn("sleep", ["300"]);
    await scope.close();
  }
  const child = spawn("true");
  await once(child, "exit");
  const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
  await worker.terminate();
  clearTimeout(setTimeout(() => {}, 60_000));
  await fetch("data:,x");
  await expectNoLeaks();
});
