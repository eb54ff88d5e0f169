import { onSettled } from "../../base/waiting/on-settled.ts";
import { onAbort } from "../../base/waiting/on-abort.ts";
import { deferred } from "../../base/waiting/deferred.ts";
import { deadline } from "../../base/waiting/deadline.ts";
import { spawnSync } from "node:child_process";
import { findExecutable } from "../../lifetime/exit/parent-death.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";
import { splitCommand } from "./split-command.ts";

export type UserCommandOptions = {
  /** Origin of the command, for messages: "--say". */
  readonly origin: string;
  /** Code of the error of a failed run. */
  readonly failureCode: EarshotErrorCode;
  /** A run that takes longer is killed, ms. */
  readonly limitMs: number;
};

export type UserCommandRun = {
  /** Written to its standard input; none without. */
  readonly input?: string | undefined;
  /** Changes its arguments, all but the program. */
  readonly toArgument?: (arg: string) => string;
  /** Added to its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends it; the run then resolves. */
  readonly signal: AbortSignal;
};

/** A command may complain on stderr; one that writes more than this is out of order. */
const MAX_CHATTER_CHARACTERS = 64 * 1024;
/** From the request to end to the kill, ms: it is of no use any more. */
const KILL_AFTER_MS = 200;
const AT_END_MS = 1_000;

/** A command line of the user's. Each run is bounded in time and in what it writes, and gone at its end. */
export class UserCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly #scope: Scope;
  readonly #options: UserCommandOptions;

  /** @throws EarshotError CONFIG_INVALID: it cannot be read, or its program is not installed */
  constructor(scope: Scope, line: string, options: UserCommandOptions) {
    const [program, ...args] = readLine(line, options.origin);
    this.#scope = scope;
    this.#options = options;
    this.program = program;
    this.args = args;
  }

  /** Its standard output is thrown away. @throws EarshotError `failureCode`, CONTEXT_CLOSED */
  async run({ input, toArgument, env, signal }: UserCommandRun): Promise<void> {
    const { origin, failureCode, limitMs } = this.#options;
    const args = toArgument === undefined ? this.args : this.args.map(toArgument);
    const child = await this.#scope.spawn(this.program, args, {
      name: `${origin} ${this.program}`,
      stdio: [input === undefined ? "ignore" : "pipe", "ignore", "pipe"],
      ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
      killAfterMs: KILL_AFTER_MS,
      failureCode,
    });
    child.process.stdin?.on("error", () => {}); // it may end without having read everything
    child.process.stdin?.end(input);
    try {
      const first = deferred<Awaited<typeof child.exited> | "cut" | "slow" | "flood">();
      using _exited = onSettled(child.exited, first);
      using _cut = onAbort(signal, () => first.resolve("cut"));
      using _slow = deadline(limitMs, () => first.resolve("slow"), { keepAlive: true });
      onFlood(child.process.stderr, () => first.resolve("flood"));
      const how = await first.promise;
      if (how === "cut" || signal.aborted) return;
      if (how === "slow") throw this.#failure(`took longer than ${limitMs} ms`);
      if (how === "flood") throw this.#failure("wrote without end");
      if (how.code === 0) return;
      const lastLine = child.outputTail.trimEnd().split("\n").at(-1)?.slice(0, 200) ?? "";
      const status = how.code ?? how.signal;
      throw this.#failure(`ended with ${status}${lastLine === "" ? "" : `: ${lastLine}`}`);
    } finally {
      await child.stop();
    }
  }

  /** The same while everything ends and nothing new may be started: blocks, 1 s at most. Silent when it fails. */
  runAtEnd({ input, env }: Pick<UserCommandRun, "input" | "env">): void {
    spawnSync(this.program, this.args, {
      input: input ?? "",
      env: { ...process.env, ...env },
      stdio: ["pipe", "ignore", "ignore"],
      timeout: AT_END_MS,
      killSignal: "SIGKILL",
    });
  }

  #failure(what: string): EarshotError {
    const { origin, failureCode } = this.#options;
    return new EarshotError(failureCode, `The command of ${origin}, ${this.program}, ${what}`);
  }
}

function readLine(line: string, origin: string): readonly [program: string, ...args: string[]] {
  try {
    const words = splitCommand(line);
    if (findExecutable(words[0]) !== undefined) return words;
    throw new RangeError(`"${words[0]}" is not installed, or is no program that can be run`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EarshotError("CONFIG_INVALID", `${origin}: ${error.message}`);
  }
}

/** Calls back when a program has written more than anyone reads. */
function onFlood(output: NodeJS.ReadableStream | null, flood: () => void): void {
  let characters = 0;
  output?.on("data", (text: string) => {
    characters += text.length;
    if (characters > MAX_CHATTER_CHARACTERS) flood();
  });
}
