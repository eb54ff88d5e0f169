import type { EventEmitter } from "node:events";
import { deadline } from "../../base/waiting/deadline.ts";
import { onAbort } from "../../base/waiting/on-abort.ts";
import type { CleanupContext } from "../cleanup/cleanup-function.ts";

/** A WebSocket as browsers, Node ≥ 22 and `ws` have it. */
export type WebSocketLike = {
  readonly readyState: number;
  close(code?: number, reason?: string): void;
  addEventListener(event: "close", listener: () => void): void;
  /** Cuts the connection without waiting for the other side. Only `ws` has it. */
  terminate?(): void;
};

/** A WebSocketServer as `ws` has it. */
export type WebSocketServerLike = EventEmitter & {
  readonly clients?: Iterable<WebSocketLike>;
  close(callback?: (error?: Error) => void): unknown;
  handleUpgrade(...args: never[]): unknown;
};

const CLOSED = 3;
/** The close code "going away" of a server: RFC 6455, 7.4.1. */
export const GOING_AWAY = 1_001;
/** The close code of a normal end: RFC 6455, 7.4.1. */
export const NORMAL = 1_000;

export function isWebSocket(value: object): value is WebSocketLike {
  return "readyState" in value && "addEventListener" in value && "close" in value;
}

export function isWebSocketServer(value: object): value is WebSocketServerLike {
  return "handleUpgrade" in value && "close" in value && "on" in value;
}

/** Sends a close frame and waits for the other side's. After `graceMs` it cuts a socket that has `terminate`. */
export async function closeWebSocket(
  socket: WebSocketLike,
  code: number,
  { graceMs, signal: timeUp }: Pick<CleanupContext, "signal"> & { readonly graceMs: number },
): Promise<void> {
  if (socket.readyState === CLOSED) return;
  const terminate = (): void => socket.terminate?.();
  using _grace = deadline(graceMs, terminate, { keepAlive: true });
  using _limit = onAbort(timeUp, terminate);
  await new Promise<void>((resolve) => {
    socket.addEventListener("close", () => resolve());
    socket.close(code);
  });
}
