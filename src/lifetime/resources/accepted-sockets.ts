import { Socket, type Server } from "node:net";

/** The open connections of a server, including those that it accepted before this call. The set stays up to date. */
export function acceptedSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const add = (socket: Socket): void => {
    if (socket.destroyed) return;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  };
  server.on("connection", add);
  for (const handle of activeHandles()) {
    if (handle instanceof Socket && Reflect.get(handle, "server") === server) add(handle);
  }
  return sockets;
}

/** A server counts its connections but does not list them. Both properties are undocumented, but old and stable. */
function activeHandles(): readonly unknown[] {
  const list: unknown = Reflect.get(process, "_getActiveHandles");
  const handles: unknown = typeof list === "function" ? Reflect.apply(list, process, []) : [];
  return Array.isArray(handles) ? handles : [];
}
