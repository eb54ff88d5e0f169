import type { Duplex } from "node:stream";
import { kindOf } from "../../base/kind-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { deadline } from "../../base/waiting/deadline.ts";
import { onAbort } from "../../base/waiting/on-abort.ts";
import type { CleanupContext } from "../cleanup/cleanup-function.ts";
import type { Owner, Registration } from "../owner.ts";
import { closeWebSocket, isWebSocket, NORMAL, type WebSocketLike } from "./web-socket.ts";

/** How a connection is named and closed. */
export type ConnectionOptions = {
  /** Shown in reports. @default "connection" */
  readonly name?: string;
  /** How long the other side may take to end the connection too, in ms; then it is cut. @default 2000 */
  readonly graceMs?: number;
};

const NAMES = { name: true, graceMs: true } satisfies OptionNames<ConnectionOptions>;

/**
 * Ties an open connection to its owner. Closing sends the buffered data, ends the connection, waits for the other side
 * to end it too, and cuts it at the limit. A connection that ends by itself is no longer held.
 *
 * @param connection a WebSocket (of Node ≥ 22 or of `ws`), or a socket of `net` or `tls`
 * @throws TypeError for anything else, and for an unknown option; EarshotError CONTEXT_CLOSED
 */
export function ownConnection<T extends WebSocketLike | Duplex>(
  owner: Owner,
  connection: T,
  options: ConnectionOptions = {},
): T {
  assertConnection(connection);
  assertOptionNames("connection", options, NAMES);
  const { name = "connection", graceMs = 2_000 } = options;
  const finish = (context: CleanupContext): Promise<void> =>
    isWebSocket(connection)
      ? closeWebSocket(connection, NORMAL, { signal: context.signal, graceMs })
      : endStream(connection, graceMs, context.signal);
  let registration: Registration;
  try {
    const limits = { timeoutMs: graceMs + 1_000, phase: "connections" } as const;
    registration = owner.defer(finish, { name, ...limits });
  } catch (error) {
    cut(connection); // the owner is closed and would not end it
    throw error;
  }
  const forget = (): void => registration[Symbol.dispose]();
  if (isWebSocket(connection)) connection.addEventListener("close", forget);
  else connection.once("close", forget);
  return connection;
}

function assertConnection(value: unknown): void {
  if (typeof value === "object" && value !== null) {
    if (isWebSocket(value) || ("destroy" in value && "end" in value && "once" in value)) return;
  }
  throw new TypeError(`connection must be a WebSocket or a socket, not ${kindOf(value)}`);
}

async function endStream(stream: Duplex, graceMs: number, timeUp: AbortSignal): Promise<void> {
  if (stream.closed) return;
  const destroy = (): void => void stream.destroy();
  using _grace = deadline(graceMs, destroy, { keepAlive: true });
  using _limit = onAbort(timeUp, destroy);
  await new Promise<void>((resolve) => {
    stream.once("close", resolve);
    stream.end();
    stream.resume(); // the end of the other side comes after the data that it has sent
  });
}

function cut(connection: WebSocketLike | Duplex): void {
  if (!isWebSocket(connection)) connection.destroy();
  else if (connection.terminate === undefined) connection.close();
  else connection.terminate();
}
