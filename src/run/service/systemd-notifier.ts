import { execFile } from "node:child_process";
import { findExecutable } from "../../lifetime/exit/parent-death.ts";
import type { Scope } from "../../lifetime/scope.ts";

/** systemd-notify waits until systemd has taken the message; one that waits for longer is given up, ms. */
const LIMIT_MS = 3_000;
const STOPPING_LIMIT_MS = 1_000;
/** Variables that systemd sets. */
const VARIABLES = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] as const;

export type NotifierOptions = {
  /** While it is false, systemd hears nothing of us, and in the end starts us anew. */
  readonly isWell: () => boolean;
  /** Text for the journal. */
  readonly warn: (text: string) => void;
};

/**
 * Tells systemd that we are ready, well and stopping, through `systemd-notify`, since Node.js has no Unix datagram
 * sockets; the unit needs `NotifyAccess=all` for that. Without systemd it does nothing.
 */
export class SystemdNotifier {
  readonly #scope: Scope;
  readonly #options: NotifierOptions;
  readonly #program: string | undefined;
  readonly #env: NodeJS.ProcessEnv;
  #sending: Promise<void> | undefined;

  /** Takes systemd's variables out of the environment, so that no child speaks for us. */
  constructor(scope: Scope, options: NotifierOptions) {
    this.#scope = scope;
    this.#options = options;
    this.#env = { ...process.env };
    for (const name of VARIABLES) delete process.env[name];
    this.#program = this.#env["NOTIFY_SOCKET"] ? this.#find() : undefined;
  }

  /** From now on systemd takes us for started, and hears from us twice in each time that it grants. */
  async ready(status: string): Promise<void> {
    if (this.#program === undefined) return;
    await this.#send(["READY=1", `STATUS=${status}`]);
    this.#scope.defer(() => this.#send(["STOPPING=1"], STOPPING_LIMIT_MS), {
      name: "word to systemd",
      phase: "intake",
    });
    const periodMs = this.#watchdogMs();
    if (periodMs === undefined) return;
    this.#scope.interval("systemd watchdog", periodMs / 2, () => {
      if (this.#options.isWell()) void this.#send(["WATCHDOG=1"]);
    });
  }

  #watchdogMs(): number | undefined {
    const forPid = this.#env["WATCHDOG_PID"];
    const ms = Number(this.#env["WATCHDOG_USEC"]) / 1000;
    const isOurs = forPid === undefined || forPid === String(process.pid);
    return isOurs && ms > 0 ? ms : undefined;
  }

  #find(): string | undefined {
    const program = findExecutable("systemd-notify");
    if (program === undefined) {
      const why = "systemd-notify is not installed, so systemd will take the start for failed";
      this.#options.warn(`${why}: install it, or set Type=exec in the unit`);
    }
    return program;
  }

  /** Sends one message after another. It does not use the scope, which accepts nothing while it closes. */
  async #send(message: readonly string[], limitMs = LIMIT_MS): Promise<void> {
    const before = this.#sending;
    this.#sending = (async () => {
      await before;
      await this.#run(message, limitMs);
    })();
    await this.#sending;
  }

  #run(message: readonly string[], limitMs: number): Promise<void> {
    const options = { env: this.#env, timeout: limitMs, killSignal: "SIGKILL" } as const;
    return new Promise((resolve) => {
      execFile(this.#program ?? "systemd-notify", [...message], options, (error) => {
        if (error !== null) this.#options.warn(`systemd-notify failed: ${error.message.trim()}`);
        resolve();
      });
    });
  }
}
