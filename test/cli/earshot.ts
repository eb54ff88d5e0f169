import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));
/** EARSHOT_TEST_BIN: another build than dist. */
export const BIN: string =
  process.env["EARSHOT_TEST_BIN"] ??
  fileURLToPath(new URL("../../dist/bin/earshot.js", import.meta.url));

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type Running = {
  readonly child: ChildProcess;
  /** Resolves with the first line of stdout that `matches`; rejects when the program ends without one. */
  readonly line: (matches: (line: string) => boolean) => Promise<string>;
  readonly ended: Promise<Ended>;
};

/** Starts the built command as a user would, from the root of the package unless `cwd` says otherwise. */
export function startEarshot(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Running {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: "pipe",
  });
  let stdout = "";
  let stderr = "";
  const waiting = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(
    ([code, signal]): Ended => ({ code, signal, stdout, stderr }),
  );
  return {
    child,
    ended,
    line: (matches) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = stdout.split("\n").slice(0, -1).find(matches);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        void ended.then(({ code }) =>
          reject(new Error(`ended with ${code} before that line: ${stdout}\n${stderr}`)),
        );
        look();
      }),
  };
}

/** Runs the command to its end; `input` is its stdin. */
export function earshot(args: readonly string[], input?: string | Uint8Array): Promise<Ended> {
  const { child, ended } = startEarshot(args);
  child.stdin?.on("error", () => {}); // it may end without having read everything
  child.stdin?.end(input);
  return ended;
}

/** Every line of `stdout` as JSON: throws when a line is anything else. */
export function jsonLines(stdout: string): Record<string, unknown>[] {
  const lines = stdout.split("\n");
  if (lines.pop() !== "") throw new Error("stdout does not end with a line break");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What stderr has besides the progress of a slow shutdown, which a busy machine may need to be told of. */
export function complaints(stderr: string): string {
  return stderr.replaceAll(/^earshot: (cleaning up…|still waiting for .*)\n/gm, "");
}
