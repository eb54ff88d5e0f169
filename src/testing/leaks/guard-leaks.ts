import { afterAll, beforeAll, beforeEach, type TestContext } from "vitest";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import {
  beginLeakCheck,
  expectNoLeaksSince,
  LEAK_NAMES,
  type LeakOptions,
} from "./expect-no-leaks.ts";
import type { Mark } from "./leak-watch.ts";
import { MemoryGrowth } from "./memory-growth.ts";

export type GuardOptions = LeakOptions & {
  /** Growth of memory over the runs of one repeated test that is warned of, in MB. @default 10 */
  readonly memoryGrowthMb?: number;
};

const DEFAULT_GROWTH_MB = 10;
const NAMES = { ...LEAK_NAMES, memoryGrowthMb: true } satisfies OptionNames<GuardOptions>;
/** Scopes have limits of their own, 10 s in all. */
const CHECK_LIMIT_MS = 30_000;

/**
 * The automatic mode: every test of the file that leaves something behind fails with its names, and the
 * file when `beforeAll` did. For a setup file of your own; `earshot/testing/setup` is this with defaults.
 *
 * Tests that run concurrently cannot be told apart: what they leave fails the file.
 */
export function guardLeaks(given: GuardOptions = {}): void {
  assertOptionNames("guardLeaks", given, NAMES);
  const { memoryGrowthMb = DEFAULT_GROWTH_MB, ...options } = given;
  const memory = new MemoryGrowth();
  let file: Mark | undefined;

  beforeAll(async () => {
    file = await beginLeakCheck("this file");
  });
  beforeEach(async ({ task, onTestFinished }: TestContext) => {
    if (task.concurrent === true) return;
    const where = `"${task.name}"`;
    const mark = await beginLeakCheck(where);
    // Called after every other hook and every fixture, for it is the first of its kind.
    onTestFinished(async () => {
      await expectNoLeaksSince(mark, where, options);
      if ((task.repeats ?? 0) > 0) memory.sample(task.name);
    }, CHECK_LIMIT_MS);
  });
  afterAll(async () => {
    for (const warning of memory.warnings(memoryGrowthMb)) console.warn(`earshot: ${warning}`);
    if (file !== undefined) await expectNoLeaksSince(file, "this file", options);
  }, CHECK_LIMIT_MS);
}
