import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { SupervisedChild } from "../lifetime/resources/child-process.ts";
import type { Owner } from "../lifetime/owner.ts";
import { withParentDeathSignal } from "../lifetime/exit/parent-death.ts";
import { superviseChild } from "../lifetime/resources/spawn-child.ts";
import { trace } from "../trace/active-trace.ts";
import type { TracedWorker } from "../trace/traced-worker.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import type { WorkerEvents, WorkerHost } from "./worker-host.ts";

/**
 * A worker in a process of its own, for native calls that take longer than a shutdown may: a process can be killed in
 * the middle of one. It costs a Node process (about 40 MB), and its messages are copied, not moved.
 */
export class ProcessHost implements WorkerHost {
  readonly patienceMs = 500;
  readonly traced: TracedWorker | undefined;
  readonly #child: ChildProcess;
  readonly #supervised: SupervisedChild;

  /** @throws EarshotError CONTEXT_CLOSED */
  constructor(
    owner: Owner,
    name: string,
    file: string,
    callerUrl: string,
    data: unknown,
    events: WorkerEvents,
  ) {
    const node = [...entryArguments(file, callerUrl)];
    const { command, args, options } = withParentDeathSignal(process.execPath, node, [
      "ignore",
      "inherit",
      "inherit",
    ]);
    this.#child = spawn(command, args, {
      ...options,
      stdio: [...options.stdio, "ipc"],
      serialization: "advanced",
      // Our trace holds its native calls: it must not overwrite the file with a trace of its own.
      ...(trace === undefined ? {} : { env: { ...process.env, EARSHOT_TRACE: "" } }),
    });
    this.traced = trace?.worker(`process of ${name}`, this.#child.pid);
    this.#supervised = superviseChild(owner, this.#child, { name: `process of worker ${name}` });
    this.#child.on("error", (error) => events.onError(error));
    this.#child.on("message", (message) => {
      // Only serve() sends on this channel.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      this.#receive(message as FromWorker, events);
    });
    void this.#supervised.exited.then(({ code, signal }) =>
      events.onExit(signal === null ? `exit code ${code}` : `signal ${signal}`),
    );
    this.#send({ kind: "start", data, isTraced: this.traced !== undefined });
  }

  post(message: ToWorker): void {
    this.#send(message);
  }

  ref(): void {
    this.#child.ref();
    this.#child.channel?.ref();
  }

  unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  cancel(id: number): void {
    this.#send({ kind: "cancel", id });
  }

  async halt(): Promise<void> {}

  async stop(): Promise<void> {
    await this.#supervised.stop();
  }

  #receive(message: FromWorker, events: WorkerEvents): void {
    if (message.kind !== "native") events.onMessage(message);
    else if (message.did === "enter") this.traced?.native.enter(message.id, message.atMs);
    else this.traced?.native.leave(message.atMs);
  }

  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => {}); // 'exit' reports its end
  }
}

function entryArguments(file: string, callerUrl: string): string[] {
  if (!callerUrl.endsWith(".ts")) return [fileURLToPath(new URL(`./${file}.js`, callerUrl))];
  return [
    "--import",
    import.meta.resolve("tsx"),
    fileURLToPath(new URL(`./${file}.ts`, callerUrl)),
  ];
}
