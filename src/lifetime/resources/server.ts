import { once } from "node:events";
import { Server as HttpServer, type ServerResponse } from "node:http";
import { Server as HttpsServer } from "node:https";
import type { Server } from "node:net";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { deadline } from "../../base/waiting/deadline.ts";
import { onAbort } from "../../base/waiting/on-abort.ts";
import type { CleanupContext } from "../cleanup/cleanup-function.ts";
import type { Owner } from "../owner.ts";
import { acceptedSockets } from "./accepted-sockets.ts";

/** How a server is named and closed. */
export type ServerOptions = {
  /** Shown in reports. @default "server", or "WebSocket server" */
  readonly name?: string;
  /**
   * How long requests in flight may take once the owner closes, in ms; then they are cut. For a WebSocketServer, how
   * long its clients may take to end their connections. @default 30000, or 2000 for a WebSocketServer
   */
  readonly graceMs?: number;
};

const NAMES = { name: true, graceMs: true } satisfies OptionNames<ServerOptions>;

/** @throws TypeError for an unknown option */
export function assertServerOptions(options: ServerOptions): void {
  assertOptionNames("server", options, NAMES);
}

/**
 * Ties a `net`, `tls`, `http` or `https` server to its owner, once the server listens. Closing first stops accepting
 * and drops idle connections. Later it waits for the requests in flight, and destroys at the limit what is left.
 *
 * @throws TypeError for an unknown option; the error of listening, such as EADDRINUSE or EACCES; EarshotError
 * CONTEXT_CLOSED
 */
export async function ownServer(
  owner: Owner,
  server: Server,
  options: ServerOptions = {},
): Promise<void> {
  assertServerOptions(options);
  const { name = "server", graceMs = 30_000 } = options;
  owner.assertOpen();
  if (!server.listening) await once(server, "listening");
  const sockets = acceptedSockets(server);
  const destroyAll = (): void => sockets.forEach((socket) => socket.destroy());
  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  const dropIdle = (): void => {
    const isHttp = server instanceof HttpServer || server instanceof HttpsServer;
    if (isHttp && !server.listening) server.closeIdleConnections();
  };
  const stopAccepting = (): void => {
    if (server.listening) server.close();
    dropIdle();
  };
  // A keep-alive connection is idle again once its response has been sent.
  server.on("request", (_: unknown, response: ServerResponse) => {
    response.once("close", () => setImmediate(dropIdle));
  });
  const finish = async ({ signal: timeUp, deadlineMs }: CleanupContext): Promise<void> => {
    stopAccepting();
    const leftMs = Math.max(0, Math.min(graceMs, deadlineMs - performance.now()));
    using _grace = deadline(leftMs, destroyAll, { keepAlive: true });
    using _limit = onAbort(timeUp, destroyAll);
    await closed;
  };
  const describe = (): Record<string, number | string> => ({
    connections: sockets.size,
    address: JSON.stringify(server.address()),
  });
  try {
    owner.defer(finish, { name, phase: "connections", timeoutMs: graceMs + 1_000, describe });
    owner.defer(stopAccepting, { name: `${name} (stop accepting)`, phase: "intake" });
  } catch (error) {
    stopAccepting(); // the owner has closed meanwhile
    destroyAll();
    throw error;
  }
}
