import type { Scope } from "../../lifetime/scope.ts";

/** Actions of keys, by the character that the key sends. */
export type KeyActions = ReadonlyMap<string, () => void>;

/** Keys that the terminal does not handle in raw mode. */
const SIGNAL_KEYS: ReadonlyMap<string, NodeJS.Signals> = new Map([
  ["\u0003", "SIGINT"], // Ctrl+C
  ["\u001C", "SIGQUIT"], // Ctrl+\
]);
const SUSPEND = "\u001A"; // Ctrl+Z

/** Reads single keys from the terminal until the scope closes; then the terminal is as it was. */
export function readKeys(scope: Scope, actions: KeyActions): void {
  const { stdin } = process;
  const restore = (): void => void stdin.setRawMode(false);
  scope.defer(
    () => {
      restore();
      stdin.pause();
    },
    { name: "terminal", phase: "intake", sync: restore, isSyncBounded: true },
  );
  scope.listen(stdin, "data", (bytes: Buffer) => {
    for (const key of bytes.toString("utf8")) press(key);
  });
  scope.listen(process, "SIGCONT", () => void stdin.setRawMode(true));
  stdin.setRawMode(true).resume().unref();

  const press = (key: string): void => {
    const signal = SIGNAL_KEYS.get(key);
    if (signal !== undefined) process.kill(process.pid, signal);
    else if (key === SUSPEND) {
      restore();
      process.kill(process.pid, "SIGTSTP");
    } else actions.get(key)?.();
  };
}
