import { subscribe } from "node:diagnostics_channel";
import type { Worker } from "node:worker_threads";
import type { Ledger } from "./ledger.ts";

/** Names every worker thread (by its own name from Node 22 on) and stops it. */
export function watchWorkers(ledger: Ledger): void {
  subscribe("worker_threads", function onWorker(message) {
    // Documented: `worker` is the Worker.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { worker } = message as { worker: Worker };
    const name = Reflect.get(worker, "threadName");
    let id = worker.threadId; // −1 once it has ended
    ledger.add(
      {
        kind: "worker thread",
        name: () => (typeof name === "string" ? `"${name}" (${id})` : String(id)),
        isHeld: () => {
          if (worker.threadId > 0) id = worker.threadId;
          return worker.threadId !== -1;
        },
        release: () => worker.terminate(),
      },
      onWorker,
    );
  });
}
