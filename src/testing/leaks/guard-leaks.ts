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
  /** Growth of memory over the runs of one repeated test beyond which a warning is printed, MB. @default 10 */
  readonly memoryGrowthMb?: number;
};

const DEFAULT_GROWTH_MB = 10;
const NAMES = { ...LEAK_NAMES, memoryGrowthMb: true } satisfies OptionNames<GuardOptions>;
/** Longer than the limits of scopes, 10 s in all, so that those apply first. */
const CHECK_LIMIT_MS = 30_000;

/**
 * Checks every test of the file for leaks and fails those that leave something behind. What `beforeAll` or
 * concurrent tests leave fails the file, because it cannot be attributed to one test. Call it in a setup file of
 * your own; `earshot/testing/setup` calls it with the defaults.
 *
 * @throws TypeError for an unknown option
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
    // Registered first, so it runs after every other hook and fixture.
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
