import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import type { Ledger } from "./ledger.ts";

/** Names every child process with program and id, and kills it at once. */
export function watchChildren(ledger: Ledger): void {
  subscribe("child_process", function onChild(message) {
    // Documented: `process` is the ChildProcess, before it is spawned.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { process: child } = message as { process: ChildProcess };
    const isHeld = (): boolean => child.exitCode === null && child.signalCode === null;
    ledger.add(
      {
        kind: "child process",
        name: () => `${child.spawnargs.join(" ")} (pid ${child.pid})`,
        // Until the turn is over it has no id yet; one that did not start has none ever.
        isHeld: () => isHeld() && (child.pid !== undefined || !child.killed),
        release: () => {
          if (child.pid !== undefined) child.kill("SIGKILL");
        },
      },
      onChild,
    );
  });
}
