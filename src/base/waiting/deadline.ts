/** The longest time that `setTimeout` takes, ms. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** How a limit in time relates to the process. */
export type DeadlineOptions = {
  /** True: the limit alone keeps the process alive. @default false */
  readonly keepAlive?: boolean;
};

/**
 * Calls `onTimeUp` when `limitMs` are over, and not before: Node counts a timer from the beginning of the turn that
 * set it, so that after a busy turn it fires early. `Infinity` never ends. Disposing stops it.
 *
 * ```ts
 * using _ = deadline(500, () => child.kill("SIGKILL"));
 * await child.exited;
 * ```
 */
export function deadline(
  limitMs: number,
  onTimeUp: () => void,
  { keepAlive = false }: DeadlineOptions = {},
): Disposable {
  const dueMs = performance.now() + limitMs;
  let timer: NodeJS.Timeout | undefined;
  const arm = (leftMs: number): void => {
    timer = setTimeout(onTimer, Math.min(MAX_TIMEOUT_MS, Math.ceil(leftMs)));
    if (!keepAlive) timer.unref();
  };
  const onTimer = (): void => {
    const leftMs = dueMs - performance.now();
    if (leftMs > 0) arm(leftMs);
    else onTimeUp();
  };
  if (limitMs !== Infinity) arm(limitMs);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
