import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { builtFixture } from "./built-fixtures.ts";
import { processesMarked } from "./process-table.ts";

export type Ended = {
  /** Wait status: an exit code or a signal. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Time from the last `signal` or `mark` to the end, ms. */
  readonly tookMs: number;
  /** Processes that it started and that are alive 1 s after its end. */
  readonly survivors: readonly string[];
};

export type ProgramOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** A script to run instead of a fixture. */
  readonly script?: string;
  /** The Node to use, or a program that starts it. @default process.execPath */
  readonly node?: string;
  readonly nodeArgs?: readonly string[];
  /** Runs it in its own terminal, in which `write` types. */
  readonly terminal?: boolean;
  /** Time after which the program is killed, ms. @default 20000 */
  readonly limitMs?: number;
};

const SURVIVOR_LIMIT_MS = 1_000;

/** One run of a program of test/fixtures in its own process, with its wait status and the processes it leaves. */
export class Program {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  readonly #mark = randomUUID();
  #stdout = "";
  #stderr = "";
  #sinceMs = performance.now();
  #waiting: (() => void)[] = [];

  constructor(name: string, args: readonly string[] = [], options: ProgramOptions = {}) {
    const { node = process.env["EARSHOT_TEST_NODE"] ?? process.execPath, nodeArgs = [] } = options;
    const command = [node, ...nodeArgs, options.script ?? builtFixture(name), ...args];
    const [file = node, ...rest] =
      options.terminal === true ? ["script", "-qefc", command.join(" "), "/dev/null"] : command;
    this.#child = spawn(file, rest, {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...options.env, EARSHOT_TEST_MARK: this.#mark },
      detached: true, // keeps signals from the terminal of the test runner away from it
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#stdout += text;
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#stderr += text));
    const limit = setTimeout(() => this.signal("SIGKILL"), options.limitMs ?? 20_000);
    this.ended = this.#end(limit);
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("The program did not start");
    return this.#child.pid;
  }

  get stdout(): string {
    return this.#stdout;
  }

  /** Resolves with the first line of stdout that matches, or with its part in parentheses. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#stdout);
      if (match !== null) return match[1] ?? match[0];
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`It ended without ${pattern}: ${this.#stdout}${this.#stderr}`);
      }
      await Promise.race([new Promise<void>((resolve) => this.#waiting.push(resolve)), this.ended]);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#sinceMs = performance.now();
    process.kill(this.pid, signal);
  }

  /** Starts the measurement of the time to the end. */
  mark(): void {
    this.#sinceMs = performance.now();
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Ends the standard input. */
  end(): void {
    this.#child.stdin?.end();
  }

  /** Closes the reading end of its output. */
  closeStdout(): void {
    this.#child.stdout?.destroy();
  }

  async #end(limit: NodeJS.Timeout): Promise<Ended> {
    const exit = new Promise<[number | null, NodeJS.Signals | null, number]>((resolve) => {
      this.#child.once("exit", (code, signal) => resolve([code, signal, performance.now()]));
    });
    const closed = new Promise((resolve) => this.#child.once("close", resolve));
    const [code, signal, atMs] = await exit;
    clearTimeout(limit);
    const survivors = await survivorsOf(this.#mark);
    await Promise.race([closed, delay(1_000, undefined, { ref: false })]);
    const tookMs = atMs - this.#sinceMs;
    return { code, signal, stdout: this.#stdout, stderr: this.#stderr, tookMs, survivors };
  }
}

export function runProgram(
  name: string,
  args?: readonly string[],
  options?: ProgramOptions,
): Promise<Ended> {
  return new Program(name, args, options).ended;
}

/** Lists the survivors and kills them, so that a failed run does not disturb the next. */
async function survivorsOf(mark: string): Promise<string[]> {
  const deadlineMs = performance.now() + SURVIVOR_LIMIT_MS;
  let alive = processesMarked("EARSHOT_TEST_MARK", mark);
  while (alive.length > 0 && performance.now() < deadlineMs) {
    await delay(5);
    alive = processesMarked("EARSHOT_TEST_MARK", mark);
  }
  for (const { pid } of alive) process.kill(pid, "SIGKILL");
  return alive.map(({ pid, command }) => `${command} (${pid})`);
}
