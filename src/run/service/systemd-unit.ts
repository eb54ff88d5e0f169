import { homedir } from "node:os";
import path from "node:path";
import { EarshotError } from "../../errors.ts";

export const UNIT_NAME = "earshot.service";

export type UnitOptions = {
  /** Absolute path of the program, then its arguments. */
  readonly command: readonly string[];
  /** Absolute; what relative paths among the arguments are relative to. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
};

/** Folder of the units of this user. */
export function unitPath(): string {
  const given = process.env["XDG_CONFIG_HOME"];
  const config =
    given !== undefined && path.isAbsolute(given) ? given : path.join(homedir(), ".config");
  return path.join(config, "systemd", "user", UNIT_NAME);
}

/**
 * The text of a unit that is started again for ever, and told well by its watchdog.
 * @throws EarshotError CONFIG_INVALID for a text that no unit can hold
 */
export function unitText({ command, folder, env }: UnitOptions): string {
  const environment = Object.entries(env).map(
    ([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`,
  );
  return `# Written by "earshot service install"; "earshot service uninstall" removes it.
[Unit]
Description=Earshot: voice commands
After=sound.target pipewire.service pulseaudio.service
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=all
ExecStart=${command.map((word) => quoted(word).replaceAll("$", "$$$$")).join(" ")}
WorkingDirectory=${escapePercent(oneLine(folder))}
${environment.join("")}Restart=always
RestartSec=2
WatchdogSec=30
TimeoutStartSec=120
TimeoutStopSec=30
KillSignal=SIGTERM
KillMode=mixed

[Install]
WantedBy=default.target
`;
}

function quoted(word: string): string {
  return `"${escapePercent(oneLine(word)).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function escapePercent(text: string): string {
  return text.replaceAll("%", "%%");
}

function oneLine(text: string): string {
  if (!/\p{Cc}/u.test(text)) return text;
  const shown = JSON.stringify(text);
  throw new EarshotError(
    "CONFIG_INVALID",
    `${shown} has a control character: no unit can hold that`,
  );
}
