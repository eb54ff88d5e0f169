import { findExecutable } from "../context/parent-death.ts";
import type { Scope } from "../context/scope.ts";
import { EarshotError } from "../errors.ts";
import { splitCommand } from "./split-command.ts";

export type SpeakerOptions = {
  /** A reply that takes longer is cut off, ms. @default 30000 */
  readonly limitMs?: number;
};

/** Speech synthesisers say a line or two on stderr; one that writes more than this is out of order. */
const MOST_CHATTER_CHARACTERS = 64 * 1024;
const PLACEHOLDER = "{text}";

/** Says texts with a program of the user's, such as `espeak-ng -v fr`, one run for each. */
export class Speaker {
  readonly #scope: Scope;
  readonly #program: string;
  readonly #args: readonly string[];
  readonly #limitMs: number;

  /**
   * @param command the text takes the place of `{text}` in it; without one it comes on standard input
   * @throws RangeError for a command that cannot be read; EarshotError CONFIG_INVALID when it is not installed
   */
  constructor(scope: Scope, command: string, { limitMs = 30_000 }: SpeakerOptions = {}) {
    const [program, ...args] = splitCommand(command);
    if (findExecutable(program) === undefined) {
      const message = `--say: "${program}" is not installed, or is no program that can be run`;
      throw new EarshotError("CONFIG_INVALID", message);
    }
    this.#scope = scope;
    this.#program = program;
    this.#args = args;
    this.#limitMs = limitMs;
  }

  /**
   * Resolves when it has been said, or when `signal` has cut it off.
   * @throws EarshotError REPLY_FAILED: the program could not be started, failed, hung or flooded; it is gone then
   */
  async say(text: string, signal: AbortSignal): Promise<void> {
    const takesInput = !this.#args.some((arg) => arg.includes(PLACEHOLDER));
    // A text that begins with a hyphen is no option.
    const argument = text.startsWith("-") ? ` ${text}` : text;
    const args = this.#args.map((arg) => arg.replaceAll(PLACEHOLDER, () => argument));
    const child = await this.#scope.spawn(this.#program, args, {
      name: `reply by ${this.#program}`,
      stdio: [takesInput ? "pipe" : "ignore", "ignore", "pipe"],
      killAfterMs: 200, // it speaks: nobody waits for it to finish politely
      failureCode: "REPLY_FAILED",
    });
    const ended = new AbortController();
    const until = Promise.race([
      child.exited,
      onAbort(signal, "cut" as const, ended.signal),
      after(this.#limitMs, "slow" as const, ended.signal),
      flood(child.process.stderr, "flood" as const),
    ]);
    child.process.stdin?.on("error", () => {}); // it may end without having read everything
    child.process.stdin?.end(`${text}\n`);
    try {
      const how = await until;
      if (how === "cut") return;
      if (how === "slow") throw this.#failure(`took longer than ${this.#limitMs} ms`);
      if (how === "flood") throw this.#failure("wrote without end");
      if (how.code === 0 || signal.aborted) return;
      const lastLine = child.outputTail.trimEnd().split("\n").at(-1)?.slice(0, 200) ?? "";
      const status = how.code ?? how.signal;
      throw this.#failure(`ended with ${status}${lastLine === "" ? "" : `: ${lastLine}`}`);
    } finally {
      ended.abort();
      await child.stop();
    }
  }

  #failure(what: string): EarshotError {
    const message = `The command of --say, ${this.#program}, ${what}; try it by itself with a short text`;
    return new EarshotError("REPLY_FAILED", message);
  }
}

function onAbort<T>(signal: AbortSignal, result: T, forget: AbortSignal): Promise<T> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(result);
    signal.addEventListener("abort", () => resolve(result), { once: true, signal: forget });
  });
}

function after<T>(ms: number, result: T, forget: AbortSignal): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(result), ms);
    forget.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}

function flood<T>(output: NodeJS.ReadableStream | null, result: T): Promise<T> {
  let characters = 0;
  return new Promise((resolve) => {
    output?.on("data", (text: string) => {
      characters += text.length;
      if (characters > MOST_CHATTER_CHARACTERS) resolve(result);
    });
  });
}
