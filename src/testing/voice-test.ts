import { test as base, type TestAPI } from "vitest";
import { VoiceContext, type VoiceContextOptions } from "../context/voice-context.ts";
import { assertOptionNames } from "../base/option-names.ts";
import {
  beginLeakCheck,
  expectNoLeaksSince,
  LEAK_NAMES,
  type LeakOptions,
} from "./leaks/expect-no-leaks.ts";
import { leakWatch, type Mark } from "./leaks/leak-watch.ts";

export type VoiceFixtures = {
  /** What the contexts are started with. Override it with `{ scope: "file" }`, as below. */
  readonly voiceOptions: VoiceContextOptions;
  readonly leakOptions: LeakOptions;
  /** A started context, closed after the test, also when the test has failed or timed out. */
  readonly voice: VoiceContext;
  /** A context that the tests of a file share, for starting one takes time; closed after the last. */
  readonly fileVoice: VoiceContext;
  /** Fails the test with the names of what it has left behind, after letting that go. */
  readonly noLeaks: Mark | undefined;
  /** The same for the file, at its end. */
  readonly noFileLeaks: Mark;
};

const FILE = { scope: "file" } as const;

/**
 * vitest's `test` with a voice context in it. A test that leaves something behind fails with its names:
 * nothing outlives a test, and no worker is torn out of native code.
 *
 * ```ts
 * const test = voiceTest.extend({ voiceOptions: [{ intents: "./intents" }, { scope: "file" }] });
 * test("stops the music", async ({ voice }) => {
 *   expect((await voice.recognize("stop.wav")).intent?.name).toBe("StopMusic");
 * });
 * ```
 */
export const voiceTest: TestAPI<VoiceFixtures> = base.extend<VoiceFixtures>({
  voiceOptions: [{}, { ...FILE, injected: false }],
  leakOptions: [{}, { ...FILE, injected: false }],
  noFileLeaks: [
    async ({ leakOptions }, use) => {
      assertOptionNames("leakOptions", leakOptions, LEAK_NAMES);
      const mark = await beginLeakCheck("this file");
      await use(mark);
      await expectNoLeaksSince(mark, "this file", leakOptions);
    },
    { ...FILE, auto: true },
  ],
  fileVoice: [
    async ({ voiceOptions, noFileLeaks }, use) => {
      void noFileLeaks;
      {
        await using voice = await leakWatch.keepForFile(() => VoiceContext.start(voiceOptions));
        await use(voice);
      }
      leakWatch.forgetKept();
    },
    FILE,
  ],
  noLeaks: [
    async ({ task, leakOptions, noFileLeaks }, use) => {
      void noFileLeaks;
      // Tests that run at the same time cannot be told apart: the file answers for them.
      const mark = task.concurrent === true ? undefined : await beginLeakCheck(`"${task.name}"`);
      await use(mark);
      if (mark !== undefined) await expectNoLeaksSince(mark, `"${task.name}"`, leakOptions);
    },
    { auto: true },
  ],
  // Named for its order: what watches begins before, and ends after, a context.
  voice: async ({ voiceOptions, noLeaks, signal }, use) => {
    void noLeaks;
    await using voice = await VoiceContext.start({ signal, ...voiceOptions });
    await use(voice);
  },
});
