import { test as base, type TestAPI } from "vitest";
import { cleanupRegistry } from "../context/cleanup-registry.ts";
import { VoiceContext, type VoiceContextOptions } from "../context/voice-context.ts";
import { childProcesses, heldSince, strayedSince, takeBaseline, type Baseline } from "./leaks.ts";

const AT_IMPORT = takeBaseline(cleanupRegistry);

export type VoiceFixtures = {
  /** What `voice` is started with; override it with `voiceTest.extend({ voiceOptions: { … } })`. */
  readonly voiceOptions: VoiceContextOptions;
  /** A started context, closed after the test, also when the test has timed out. */
  readonly voice: VoiceContext;
};

type FileFixtures = {
  /** Fails the file with the names of what its tests have left behind, after letting that go. */
  readonly leakWatch: Baseline;
};

/**
 * vitest's `test` with a voice context in it. When a file is over, whatever its tests left open is let go
 * and named: nothing outlives the file, and no worker is torn out of native code.
 *
 * ```ts
 * const test = voiceTest.extend({ voiceOptions: { intents: "./intents" } });
 * test("stops the music", async ({ voice }) => {
 *   expect((await voice.recognize("stop.wav")).intent?.name).toBe("StopMusic");
 * });
 * ```
 */
export const voiceTest: TestAPI<VoiceFixtures & FileFixtures> = base.extend<
  VoiceFixtures & FileFixtures
>({
  voiceOptions: [{}, { injected: false }],
  // Named for its order: what watches over the file begins before, and ends after, a context.
  voice: async ({ voiceOptions, leakWatch, signal }, use) => {
    void leakWatch;
    await using voice = await VoiceContext.start({ signal, ...voiceOptions });
    await use(voice);
  },
  leakWatch: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures' names from the parameter
    async ({}, use) => {
      const before = takeBaseline(cleanupRegistry);
      await use(before);
      await expectNoLeaks(before);
    },
    { auto: true, scope: "file" },
  ],
});

/**
 * Lets everything go that is still held, and throws when there was anything.
 * @param before what was there at the beginning. @default what was there when this module was imported
 * @throws Error naming each leak
 */
export async function expectNoLeaks(before: Baseline = AT_IMPORT): Promise<void> {
  const held = heldSince(cleanupRegistry, before);
  const { entries, ok } = await cleanupRegistry.runAll();
  const failed = ok ? [] : entries.filter(({ outcome }) => outcome !== "done");
  const leaks = [
    ...held,
    ...failed.map(({ name, outcome }) => `cleanup of "${name}": ${outcome}`),
    ...strayedSince(before),
  ];
  for (const pid of childProcesses().keys()) {
    if (!before.children.has(pid)) process.kill(pid, "SIGKILL");
  }
  if (leaks.length === 0) return;
  throw new Error(
    `Left behind by the tests of this file:\n${leaks.map((l) => `  ${l}`).join("\n")}`,
  );
}
