import type { Owner } from "./owner.ts";

/** A piece of work. When `signal` aborts, it stops by rejecting with `signal.reason` or by returning. */
export type Task<T> = (signal: AbortSignal) => Promise<T> | T;

/**
 * Starts `task`. Closing the owner aborts the task's signal and awaits the task. What the task throws goes to the
 * caller, not into the report of the close.
 * @throws EarshotError CONTEXT_CLOSED; what `task` throws
 */
export async function runTask<T>(owner: Owner, name: string, task: Task<T>): Promise<T> {
  owner.assertOpen();
  const work = (async () => await task(owner.signal))(); // it begins at once, so that it cannot miss the abort
  const registration = owner.defer(() => work.then(nothing, nothing), { name: `task ${name}` });
  try {
    return await work;
  } finally {
    registration[Symbol.dispose]();
  }
}

function nothing(): void {}
