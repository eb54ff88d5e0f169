import { once } from "node:events";
import { Server } from "node:net";
import type { CleanupContext } from "../cleanup/cleanup-function.ts";
import type { Owner } from "../owner.ts";
import { acceptedSockets } from "./accepted-sockets.ts";
import { assertServerOptions, type ServerOptions } from "./server.ts";
import {
  closeWebSocket,
  GOING_AWAY,
  type WebSocketLike,
  type WebSocketServerLike,
} from "./web-socket.ts";

/** How long clients may take to end their connections, in ms: there is no request in flight to wait for. */
const GRACE_MS = 2_000;

/**
 * Ties a WebSocketServer of `ws`, or one like it, to its owner. Closing stops accepting, sends "going away" to every
 * client, waits for their close frames, and cuts them at the limit. It does not close an HTTP server that the
 * WebSocketServer shares: tie that one first, so that it is released last.
 *
 * @throws TypeError for an unknown option; the error of listening, such as EADDRINUSE or EACCES; EarshotError
 * CONTEXT_CLOSED
 */
export async function ownWebSocketServer(
  owner: Owner,
  server: WebSocketServerLike,
  options: ServerOptions = {},
): Promise<void> {
  assertServerOptions(options);
  const { name = "WebSocket server", graceMs = GRACE_MS } = options;
  owner.assertOpen();
  if (isStarting(server)) await once(server, "listening");
  const clients = new Set<WebSocketLike>();
  const add = (client: WebSocketLike): void => {
    clients.add(client);
    client.addEventListener("close", () => clients.delete(client));
  };
  for (const client of server.clients ?? []) add(client);
  server.on("connection", add);
  const http = ownHttpServer(server);
  const sockets = http === undefined ? [] : acceptedSockets(http);
  const destroyAll = (): void => sockets.forEach((socket) => socket.destroy());
  let closed: Promise<void> | undefined;
  const stopAccepting = (): Promise<void> =>
    // The callback gets an error when the server is closed already, which is fine.
    (closed ??= new Promise((resolve) => void server.close(() => resolve())));
  const finish = async ({ signal }: CleanupContext): Promise<void> => {
    const all = [...clients];
    await Promise.all(all.map((client) => closeWebSocket(client, GOING_AWAY, { graceMs, signal })));
    destroyAll(); // connections without a WebSocket, and those of clients that the server does not track
    await stopAccepting();
  };
  const describe = (): Record<string, number> => ({ connections: clients.size });
  try {
    owner.defer(finish, { name, phase: "connections", timeoutMs: graceMs + 1_000, describe });
    owner.defer(() => void stopAccepting(), { name: `${name} (stop accepting)`, phase: "intake" });
  } catch (error) {
    void stopAccepting(); // the owner has closed meanwhile
    for (const client of clients) client.terminate?.();
    destroyAll();
    throw error;
  }
}

/** True while a server with an HTTP server of its own does not listen yet. Without one, `address()` may throw. */
function isStarting(server: WebSocketServerLike): boolean {
  if (!isOnOwnPort(server) || !("address" in server)) return false;
  return typeof server.address === "function" && server.address() === null;
}

/** The HTTP server that `ws` starts for a port, and closes with the WebSocketServer. */
function ownHttpServer(server: WebSocketServerLike): Server | undefined {
  const http: unknown = Reflect.get(server, "_server");
  return isOnOwnPort(server) && http instanceof Server ? http : undefined;
}

function isOnOwnPort(server: WebSocketServerLike): boolean {
  const options: { readonly port?: unknown } | undefined = Reflect.get(server, "options");
  return typeof options?.port === "number";
}
