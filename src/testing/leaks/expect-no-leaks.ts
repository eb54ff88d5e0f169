import type { OptionNames } from "../../base/option-names.ts";
import { leakWatch, type Leak, type Mark } from "./leak-watch.ts";

export type LeakOptions = {
  /** How long what is on its way out may take, in ms. @default 500 */
  readonly settleMs?: number;
  /** True for leaks that are meant; these are let go all the same. @default none */
  readonly ignore?: (leak: Leak) => boolean;
};

const DEFAULTS = { settleMs: 500, ignore: () => false } as const satisfies LeakOptions;

export const LEAK_NAMES = DEFAULTS satisfies OptionNames<LeakOptions>;

/** Something was acquired and not let go. Everything that can be has been let go by now. */
export class LeakError extends Error {
  readonly leaks: readonly Leak[];

  static {
    Object.defineProperty(this.prototype, "name", { value: "LeakError", configurable: true });
  }

  constructor(where: string, leaks: readonly Leak[], resisting: readonly Leak[]) {
    const more = resisting.length === 0 ? "" : `\nand could not be let go:${linesOf(resisting)}`;
    super(`Left behind by ${where}:${linesOf(leaks)}${more}`);
    this.leaks = leaks;
  }
}

let current: { readonly mark: Mark; readonly where: string } | undefined;

/** From now on `expectNoLeaks` looks back to this moment. */
export async function beginLeakCheck(where: string): Promise<Mark> {
  const mark = await leakWatch.mark();
  current = { mark, where };
  return mark;
}

/**
 * Fails when anything that was acquired since the test began is still held: scopes, worker threads, child
 * processes, listeners on `process`, servers, sockets, timers, temporary files, threads. Names each with
 * its place, and lets it go, so that the next test begins clean. Without `voiceTest` or
 * `earshot/testing/setup` it looks back to the import of `earshot/testing`.
 *
 * @throws LeakError
 */
export async function expectNoLeaks(options: LeakOptions = {}): Promise<void> {
  // Names that are not known are not refused: as a hook it gets what the runner has for hooks.
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
  const told = found.filter((leak) => !ignore(leak));
  if (told.length === 0) return;
  throw new LeakError(
    where,
    told,
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
