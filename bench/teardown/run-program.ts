import { spawn } from "node:child_process";
import path from "node:path";

const PROGRAMS = path.join(import.meta.dirname, "programs");
const ROOT = path.resolve(import.meta.dirname, "../..");

export type ProgramEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** Time from the last cause (a signal, or "ready" if the program ends by itself) to its end, ms. */
  readonly tookMs: number;
  /** Whether it had to be killed. */
  readonly hung: boolean;
};

/** An action on a program, and its delay after "ready". */
export type Stimulus = { readonly afterMs: number; readonly signal: NodeJS.Signals };

/** Starts `programs/NAME.mjs`, waits for its "ready", sends the signals and waits for the end. */
export async function runProgram(
  name: string,
  args: readonly string[],
  stimuli: readonly Stimulus[],
  limitMs: number,
): Promise<ProgramEnd> {
  const child = spawn(process.execPath, [path.join(PROGRAMS, `${name}.mjs`), ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // keeps signals of the terminal away from it
  });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  let sinceMs = performance.now();
  let hung = false;
  const timers: NodeJS.Timeout[] = [];
  const onReady = (): void => {
    sinceMs = performance.now();
    for (const { afterMs, signal } of stimuli) {
      timers.push(
        setTimeout(() => {
          sinceMs = performance.now();
          child.kill(signal);
        }, afterMs),
      );
    }
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const wasReady = stdout.includes("ready\n");
    stdout += text;
    if (!wasReady && stdout.includes("ready\n")) onReady();
  });
  timers.push(
    setTimeout(() => {
      hung = true;
      child.kill("SIGKILL");
    }, limitMs),
  );
  const status = new Promise<{ code: number | null; signal: NodeJS.Signals | null; atMs: number }>(
    (resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal, atMs: performance.now() }));
    },
  );
  const closed = new Promise((resolve) => child.once("close", resolve));
  const { code, signal, atMs } = await status;
  for (const timer of timers) clearTimeout(timer);
  await closed;
  if (!stdout.includes("ready\n")) throw new Error(`${name} ${args.join(" ")}: ${stderr}`);
  return { code, signal, stdout, tookMs: atMs - sinceMs, hung };
}
