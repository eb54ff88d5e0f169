import type { Scope } from "../../lifetime/scope.ts";
import { UserCommand } from "../user-command/user-command.ts";

export type SpeakerOptions = {
  /** A reply that takes longer is cut off, ms. @default 30000 */
  readonly limitMs?: number;
};

const PLACEHOLDER = "{text}";

/** Says texts with a program of the user's, such as `espeak-ng -v fr`, one run for each. */
export class Speaker {
  readonly #command: UserCommand;

  /**
   * @param line the text takes the place of `{text}` in it; without one it comes on standard input
   * @throws EarshotError CONFIG_INVALID: the command cannot be read, or is not installed
   */
  constructor(scope: Scope, line: string, { limitMs = 30_000 }: SpeakerOptions = {}) {
    const options = { origin: "--say", failureCode: "REPLY_FAILED", limitMs } as const;
    this.#command = new UserCommand(scope, line, options);
  }

  /**
   * Resolves when it has been said, or when `signal` has cut it off.
   * @throws EarshotError REPLY_FAILED: the program could not be started, failed, hung or flooded; it is gone then
   */
  async say(text: string, signal: AbortSignal): Promise<void> {
    const takesInput = !this.#command.args.some((arg) => arg.includes(PLACEHOLDER));
    const argument = text.startsWith("-") ? ` ${text}` : text; // it is no option
    await this.#command.run({
      signal,
      input: takesInput ? `${text}\n` : undefined,
      toArgument: (arg) => arg.replaceAll(PLACEHOLDER, () => argument),
    });
  }
}
