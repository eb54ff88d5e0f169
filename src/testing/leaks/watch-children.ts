import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import type { Ledger } from "./ledger.ts";

/** Records every child process by its command and process id. Releasing one kills it. */
export function watchChildren(ledger: Ledger): void {
  subscribe("child_process", function onChild(message) {
    // Node documents `process` as the ChildProcess before it is spawned.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { process: child } = message as { process: ChildProcess };
    const isHeld = (): boolean => child.exitCode === null && child.signalCode === null;
    ledger.add(
      {
        kind: "child process",
        name: () => `${child.spawnargs.join(" ")} (pid ${child.pid})`,
        // A process has no id before the end of the turn that spawns it; one that fails to start never gets one.
        isHeld: () => isHeld() && (child.pid !== undefined || !child.killed),
        release: () => {
          if (child.pid !== undefined) child.kill("SIGKILL");
        },
      },
      onChild,
    );
  });
}
