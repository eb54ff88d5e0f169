import { subscribe } from "node:diagnostics_channel";
import type { Worker } from "node:worker_threads";
import type { Ledger } from "./ledger.ts";

/** Records every worker thread, by its own name from Node 22 on. Releasing one terminates it. */
export function watchWorkers(ledger: Ledger): void {
  subscribe("worker_threads", function onWorker(message) {
    // Node documents `worker` as the Worker.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { worker } = message as { worker: Worker };
    const name = Reflect.get(worker, "threadName");
    let id = worker.threadId; // becomes −1 when the thread ends
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
