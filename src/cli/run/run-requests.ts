import { cleanupRegistry } from "../../lifetime/cleanup/cleanup-registry.ts";
import type { Attention } from "../../context/attention.ts";
import type { SkillHost } from "../../skills/host/skill-host.ts";
import type { ReloadReason } from "../../skills/host/skill-events.ts";
import type { Execution } from "../execute.ts";
import { readKeys } from "./terminal-keys.ts";

/**
 * What people ask of a run: by signals, and by keys on a terminal. From the start on, or SIGUSR2 would end it.
 * @param skills those that are loaded by now
 */
export function listenForRequests(
  { scope, settings }: Execution,
  {
    attention,
    skills,
  }: { readonly attention: Attention; readonly skills: () => SkillHost | undefined },
): void {
  const listenNow = (): void => attention.listenNow();
  const reload = (reason: ReloadReason): void => {
    if (scope.isOpen) void skills()?.reload(reason); // what comes of it is an event
  };
  if (process.platform !== "win32") scope.listen(process, "SIGUSR2", listenNow);
  if (settings.reloadOnHup) {
    const diverted = cleanupRegistry.divertSignal("SIGHUP", () => reload("signal"));
    scope.use(diverted, { name: "SIGHUP", phase: "logs" });
  }
  if (settings.json || settings.input === "-") return;
  if (!process.stdin.isTTY || !process.stdout.isTTY) return;
  const actions = [
    [" ", listenNow],
    ["r", () => reload("requested")],
    ["q", () => process.kill(process.pid, "SIGINT")],
  ] as const;
  readKeys(scope, new Map(actions));
}
