import type { OptionNames } from "../../base/option-names.ts";
import { leakWatch, type Leak, type Mark } from "./leak-watch.ts";

export type LeakOptions = {
  /** How long resources that are already closing may take, ms. @default 500 */
  readonly settleMs?: number;
  /** Returns true for intended leaks, which are released but not reported. @default none */
  readonly ignore?: (leak: Leak) => boolean;
};

const DEFAULTS = { settleMs: 500, ignore: () => false } as const satisfies LeakOptions;

export const LEAK_NAMES = DEFAULTS satisfies OptionNames<LeakOptions>;

/** Resources were acquired and not released. By the time of the error they are released, as far as possible. */
export class LeakError extends Error {
  readonly leaks: readonly Leak[];

  static {
    Object.defineProperty(this.prototype, "name", { value: "LeakError", configurable: true });
  }

  constructor(where: string, leaks: readonly Leak[], resisting: readonly Leak[]) {
    const more = resisting.length === 0 ? "" : `\nand could not be released:${linesOf(resisting)}`;
    super(`Left behind by ${where}:${linesOf(leaks)}${more}`);
    this.leaks = leaks;
  }
}

let current: { readonly mark: Mark; readonly where: string } | undefined;

/** Makes `expectNoLeaks` look back to this moment. `where` names the test in the error. */
export async function beginLeakCheck(where: string): Promise<Mark> {
  const mark = await leakWatch.mark();
  current = { mark, where };
  return mark;
}

/**
 * Fails if anything acquired since the test began is still held: scopes, worker threads, child processes,
 * listeners on `process`, servers, sockets, timers, temporary files, threads. Releases each leak, so that the next
 * test begins clean. Without `voiceTest` or `earshot/testing/setup` it looks back to the import of
 * `earshot/testing`.
 *
 * @throws LeakError with the name of each leak and the place that acquired it
 */
export async function expectNoLeaks(options: LeakOptions = {}): Promise<void> {
  // Option names are not checked: used as a hook, the function receives the runner's own argument.
  const { mark, where } = current ?? { mark: leakWatch.atImport, where: "the tests so far" };
  await expectNoLeaksSince(mark, where, options);
}

export async function expectNoLeaksSince(
  mark: Mark,
  where: string,
  options: LeakOptions,
): Promise<void> {
  const { settleMs, ignore } = { ...DEFAULTS, ...options };
  const found = await leakWatch.leaksSince(mark, settleMs);
  if (found.length === 0) return;
  const resisting = await leakWatch.releaseSince(mark);
  const reported = found.filter((leak) => !ignore(leak));
  if (reported.length === 0) return;
  throw new LeakError(
    where,
    reported,
    resisting.filter((leak) => !ignore(leak)),
  );
}

function linesOf(leaks: readonly Leak[]): string {
  const lines = leaks.map(({ kind, name, place }) => {
    const at = place === undefined ? "" : `\n      acquired at ${place}`;
    return `\n  ${kind} ${name}${at}`;
  });
  return lines.join("");
}
