import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { EarshotError } from "../../errors.ts";
import { UNIT_NAME, unitPath, unitText, type UnitOptions } from "./systemd-unit.ts";

/** Starting takes as long as the model takes to load; ms. */
const LIMIT_MS = 120_000;

/**
 * Writes the unit and has systemd enable and start it, anew when it runs already. When systemd refuses, everything
 * is as it was.
 *
 * @param options.start false: only write the unit
 * @returns its path
 * @throws EarshotError SERVICE_FAILED, CONFIG_INVALID
 */
export async function installService(
  unit: UnitOptions,
  { start, signal }: { readonly start: boolean; readonly signal: AbortSignal },
): Promise<string> {
  const file = unitPath();
  const text = unitText(unit);
  const before = existsSync(file) ? readFileSync(file) : undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o644 });
    if (!start) return file;
    await systemctl(["daemon-reload"], signal);
    await systemctl(["enable", UNIT_NAME], signal);
    await systemctl(["restart", UNIT_NAME], signal);
    return file;
  } catch (error) {
    if (before === undefined) rmSync(file, { force: true });
    else writeFileSync(file, before);
    if (error instanceof EarshotError) throw error;
    throw new EarshotError("SERVICE_FAILED", `${file} cannot be written`, { cause: error });
  }
}

/**
 * Stops the service and removes its unit. False: there was none.
 * @throws EarshotError SERVICE_FAILED: it still runs; its unit is still there
 */
export async function uninstallService(signal: AbortSignal): Promise<boolean> {
  const file = unitPath();
  if (!existsSync(file)) return false;
  await systemctl(["disable", "--now", UNIT_NAME], signal);
  rmSync(file);
  await systemctl(["daemon-reload"], signal);
  return true;
}

export type ServiceState = {
  /** Path of the unit; undefined: there is none. */
  readonly unit: string | undefined;
  /** systemd's name of the state: "active", "activating", "failed" …; undefined if systemd does not answer. */
  readonly state: string | undefined;
  readonly pid: number | undefined;
  /** Number of restarts by systemd. */
  readonly restarts: number | undefined;
};

export async function serviceState(signal: AbortSignal): Promise<ServiceState> {
  const file = unitPath();
  const unit = existsSync(file) ? file : undefined;
  try {
    const properties = "ActiveState,MainPID,NRestarts";
    const shown = await systemctl(["show", UNIT_NAME, `--property=${properties}`], signal);
    const values = new Map(shown.split("\n").map((line) => toPair(line)));
    const pid = Number(values.get("MainPID"));
    const restarts = Number(values.get("NRestarts") ?? 0);
    return { unit, state: values.get("ActiveState"), pid: pid > 0 ? pid : undefined, restarts };
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    return { unit, state: undefined, pid: undefined, restarts: undefined };
  }
}

function toPair(line: string): readonly [name: string, value: string] {
  const [name = "", value = ""] = line.split("=", 2);
  return [name, value];
}

function systemctl(args: readonly string[], signal: AbortSignal): Promise<string> {
  const options = { timeout: LIMIT_MS, signal };
  return new Promise((resolve, reject) => {
    execFile("systemctl", ["--user", ...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (signal.aborted) return reject(signal.reason);
      const why = stderr.trim().split("\n").at(-1) ?? error.message;
      const message = `systemctl --user ${args.join(" ")} failed: ${why || error.message}`;
      const hint = "it needs a session of systemd for this user: log in, or loginctl enable-linger";
      reject(new EarshotError("SERVICE_FAILED", `${message}; ${hint}`, { cause: error }));
    });
  });
}
