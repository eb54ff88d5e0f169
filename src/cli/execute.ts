import type { Command } from "commander";
import { cleanupRegistry } from "../lifetime/cleanup/cleanup-registry.ts";
import type { CleanupReport } from "../lifetime/cleanup/cleanup-report.ts";
import { Scope } from "../lifetime/scope.ts";
import { EarshotError, type EarshotErrorCode } from "../errors.ts";
import { Output } from "./output/output.ts";
import { resolveSettings } from "./settings/resolve-settings.ts";
import type { Settings } from "./settings/settings.ts";

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

export type Execution = {
  readonly settings: Settings;
  readonly output: Output;
  /** Closes when the command ends, however it ends. Signals are handled before it opens. */
  readonly scope: Scope;
  /** Reports once, at the very end, how everything was released, also when a signal ends the program. */
  readonly onShutdown: (listener: (report: CleanupReport) => void) => void;
};

/** Codes of mistakes in the user's input, as opposed to faults of the machine. */
const USAGE_CODES: ReadonlySet<EarshotErrorCode> = new Set<EarshotErrorCode>([
  "AUDIO_NOT_FOUND",
  "AUDIO_TRUNCATED",
  "AUDIO_UNSUPPORTED",
  "CONFIG_INVALID",
  "MODEL_INVALID",
  "SKILL_INVALID",
  "TEMPLATES_INVALID",
  "TRACE_INVALID",
]);

/**
 * Runs the body of a command and turns its result or failure into the exit status and one line on stderr.
 * Then it releases everything that the command opened.
 */
export async function execute(
  command: Command,
  body: (execution: Execution) => Promise<number>,
): Promise<void> {
  const options = command.opts<{ config?: string; debug?: boolean }>();
  try {
    const settings = resolveSettings(options, options.config);
    const scope = new Scope(`earshot ${command.name()}`);
    const output = new Output(settings.json);
    process.exitCode = await body({ settings, output, scope, onShutdown });
  } catch (error) {
    if (cleanupRegistry.status().state !== "open") return; // a signal is ending the process, and says so
    process.stderr.write(`earshot: ${describeError(error, options.debug === true)}\n`);
    process.exitCode = exitCodeOf(error);
  } finally {
    const { ok, entries } = await cleanupRegistry.runAll();
    if (!ok) {
      const bad = entries.filter(({ outcome }) => outcome !== "done");
      const names = bad.map(({ name, outcome }) => `${name} (${outcome})`).join(", ");
      process.stderr.write(`earshot: not everything was released: ${names}\n`);
      process.exitCode ||= EXIT.failed;
    }
  }
}

function onShutdown(listener: (report: CleanupReport) => void): void {
  cleanupRegistry.onReport((report) => {
    try {
      listener(report);
    } catch (error) {
      // The process is exiting: a failing listener must not stop it.
      process.stderr.write(`earshot: ${describeError(error)}\n`);
      process.exitCode ||= EXIT.failed;
    }
  });
}

function exitCodeOf(error: unknown): number {
  return error instanceof EarshotError && USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
}

/** Describes an error in one line; with `debug` it adds the stack and the causes. */
export function describeError(error: unknown, debug = false): string {
  if (!(error instanceof Error)) return String(error);
  if (debug) return error.stack ?? error.message;
  const place = error instanceof EarshotError ? error.place : undefined;
  const text = error.message.replaceAll(/\s*\n\s*/g, " ");
  return place === undefined || text.includes(place) ? text : `${place}: ${text}`;
}
