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
  /** Options that both contexts start with. Override them with `{ scope: "file" }`, as in the example below. */
  readonly voiceOptions: VoiceContextOptions;
  /** Options of the leak checks of this file. */
  readonly leakOptions: LeakOptions;
  /** A started context. It is closed after the test, even if the test fails or times out. */
  readonly voice: VoiceContext;
  /** A started context that the tests of a file share to save time. It is closed after the last test. */
  readonly fileVoice: VoiceContext;
  /** Releases what the test left behind, then fails the test with the names. */
  readonly noLeaks: Mark | undefined;
  /** Does the same for the file after its last test. */
  readonly noFileLeaks: Mark;
};

const FILE = { scope: "file" } as const;

/**
 * vitest's `test` with a voice context as a fixture. A test fails if it leaves anything behind, and the error names
 * each leak. No worker is stopped inside native code.
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
      // Leaks of concurrent tests cannot be attributed to one of them, so the check of the file reports them.
      const mark = task.concurrent === true ? undefined : await beginLeakCheck(`"${task.name}"`);
      await use(mark);
      if (mark !== undefined) await expectNoLeaksSince(mark, `"${task.name}"`, leakOptions);
    },
    { auto: true },
  ],
  // Depends on noLeaks so that the leak check begins before the context and ends after it.
  voice: async ({ voiceOptions, noLeaks, signal }, use) => {
    void noLeaks;
    await using voice = await VoiceContext.start({ signal, ...voiceOptions });
    await use(voice);
  },
});
