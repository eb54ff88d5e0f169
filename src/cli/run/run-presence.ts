import { EarshotError } from "../../errors.ts";
import type { Attention } from "../../context/attention.ts";
import type { RunStatus } from "../../run/run-status.ts";
import { serveStatus } from "../../run/service/status-server.ts";
import { SystemdNotifier } from "../../run/service/systemd-notifier.ts";
import type { Execution } from "../execute.ts";
import { toJson } from "../output/output.ts";
import { packageVersion } from "../../base/package-version.ts";

export type RunPresenceOptions = {
  readonly status: RunStatus;
  readonly attention: Attention;
  /** Further details for `earshot status`. */
  readonly details: () => object;
};

/** Reports a run to `earshot status`, and to systemd if it started the run. */
export class RunPresence {
  readonly #execution: Execution;
  readonly #options: RunPresenceOptions;
  readonly #startedAt = new Date().toISOString();
  readonly #notifier: SystemdNotifier;
  #heardMs = -1;

  /** Before any child is started, which would inherit what systemd has given us. */
  constructor(execution: Execution, options: RunPresenceOptions) {
    this.#execution = execution;
    this.#options = options;
    this.#notifier = new SystemdNotifier(execution.scope, {
      isWell: () => this.#isWell(),
      warn: (text) => execution.output.note(`earshot: ${text}`),
    });
  }

  /** When listening begins. */
  async begin(): Promise<void> {
    const { language, input } = this.#execution.settings;
    // A recording is over before anybody asks.
    if (input === undefined || input === "-") await this.#serveStatus();
    await this.#notifier.ready(`listening for ${language}`);
  }

  /** Optional: without it a run prints a note and continues. */
  async #serveStatus(): Promise<void> {
    if (process.platform === "win32") return;
    const { scope, output } = this.#execution;
    try {
      await serveStatus(scope, () => toJson(this.#snapshot()));
    } catch (error) {
      if (!(error instanceof EarshotError) || error.code !== "STATUS_UNAVAILABLE") throw error;
      output.note(`earshot: no status of this run: ${error.message}`);
    }
  }

  #snapshot(): object {
    const { language, wake, input = "microphone" } = this.#execution.settings;
    const { state, waitingFor, counters, last } = this.#options.status;
    return {
      version: packageVersion(),
      startedAt: this.#startedAt,
      uptimeMs: Math.round(process.uptime() * 1000),
      language,
      wake,
      input,
      heardMs: this.#options.attention.heardMs,
      state,
      waitingFor,
      counters,
      last,
      ...this.#options.details(),
    };
  }

  /** While sound comes through, or the microphone is known to be away. */
  #isWell(): boolean {
    const { status, attention } = this.#options;
    const hasHeard = attention.heardMs > this.#heardMs;
    this.#heardMs = attention.heardMs;
    const isLive = this.#execution.settings.input === undefined;
    return hasHeard || !isLive || status.state === "deaf";
  }
}
