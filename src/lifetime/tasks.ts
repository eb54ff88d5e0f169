import type { Owner } from "./owner.ts";

/** A piece of work; it stops when `signal` aborts, by rejecting with `signal.reason` or by returning. */
export type Task<T> = (signal: AbortSignal) => Promise<T> | T;

/**
 * Starts `task` and has its owner wait for it: closing aborts its signal and awaits it. What it throws is
 * the caller's; a close only reports what a task throws that was not told to stop.
 */
export async function runTask<T>(owner: Owner, name: string, task: Task<T>): Promise<T> {
  owner.assertOpen();
  const work = (async () => await task(owner.signal))(); // begins at once: it cannot miss the abort
  const registration = owner.defer(() => work.then(nothing, nothing), { name: `task ${name}` });
  try {
    return await work;
  } finally {
    registration[Symbol.dispose]();
  }
}

function nothing(): void {}
