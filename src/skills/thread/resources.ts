import { settlesWithin } from "../../base/waiting/settles-within.ts";
import { connect as connectSocket, type Socket } from "node:net";
import type { SupervisedChild } from "../../lifetime/resources/child-process.ts";
import { Scope } from "../../lifetime/scope.ts";
import type { SpawnOptions } from "../../lifetime/resources/spawn-child.ts";

/** Time for a socket to finish, ms. */
const GOODBYE_MS = 500;

/** Address: a port of this machine, "host:port", or the path of a Unix socket. */
export type ConnectTarget = number | string | { readonly host?: string; readonly port: number };

/** Sockets and processes of a generation; they end with it, after its cleanups. */
export class Resources {
  readonly scope = new Scope("skills", { limits: { entryMs: 1_500, totalMs: 3_000 } });
  readonly #onChild: (pid: number, isRunning: boolean) => void;

  /** @param onChild called for each process that starts or ends, so that the host can end it if this thread cannot */
  constructor(onChild: (pid: number, isRunning: boolean) => void) {
    this.#onChild = onChild;
  }

  async spawn(
    command: string,
    args: readonly string[],
    options: SpawnOptions,
  ): Promise<SupervisedChild> {
    const child = await this.scope.spawn(command, args, options);
    const { pid } = child;
    if (pid === undefined) return child;
    this.#onChild(pid, true);
    void child.exited.then(() => this.#onChild(pid, false));
    return child;
  }

  /** @param onError told what goes wrong, which then ends nothing but the socket */
  connect(target: ConnectTarget, onError: (error: Error) => void): Socket {
    const socket = connectSocket(addressOf(target));
    socket.on("error", onError);
    const registration = this.scope.defer(() => sayGoodbye(socket), {
      name: `socket ${JSON.stringify(target)}`,
      phase: "connections",
      timeoutMs: 2 * GOODBYE_MS,
    });
    socket.once("close", () => registration[Symbol.dispose]());
    return socket;
  }
}

/** Sends what was written, and gives the other side a moment to close too. */
async function sayGoodbye(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  if (!socket.writableEnded) socket.end();
  socket.resume(); // an unread answer would keep it from closing
  await settlesWithin(closed, GOODBYE_MS, { keepAlive: true });
  socket.destroy();
}

function addressOf(target: ConnectTarget): { path: string } | { host: string; port: number } {
  if (typeof target === "number") return { host: "127.0.0.1", port: target };
  if (typeof target === "object") return { host: target.host ?? "127.0.0.1", port: target.port };
  const [, host, port] = /^(.+):(\d+)$/.exec(target) ?? [];
  if (host === undefined || port === undefined) return { path: target };
  return { host: host.replaceAll(/[[\]]/g, ""), port: Number(port) };
}
