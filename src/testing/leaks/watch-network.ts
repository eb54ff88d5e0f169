import type { Socket as UdpSocket } from "node:dgram";
import { subscribe } from "node:diagnostics_channel";
import type { Server, Socket } from "node:net";
import type { Ledger } from "./ledger.ts";

/**
 * Records listening servers, connections and UDP sockets by address. A connection that does not keep the process
 * alive, such as an idle one in the pool of `fetch`, is not a leak.
 */
export function watchNetwork(ledger: Ledger): void {
  // Node documents these channels and the content of their messages.
  subscribe("tracing:net.server.listen:asyncStart", function onListen(message) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { server } = message as { server: Server & { closeAllConnections?: () => void } };
    ledger.add(
      {
        kind: "server",
        name: () => `listening on ${addressOf(server)}`,
        isHeld: () => server.listening,
        release: () => {
          server.close();
          server.closeAllConnections?.();
        },
      },
      onListen,
    );
  });
  for (const channel of ["net.client.socket", "net.server.socket"]) {
    subscribe(channel, function onSocket(message) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const { socket } = message as { socket: Socket };
      ledger.add(
        {
          kind: "socket",
          name: () =>
            channel === "net.client.socket"
              ? `connected to ${socket.remoteAddress}:${socket.remotePort}`
              : `connection from ${socket.remoteAddress}:${socket.remotePort}`,
          isHeld: () => !socket.destroyed && hasRef(socket),
          release: () => void socket.destroy(),
        },
        onSocket,
      );
    });
  }
  subscribe("udp.socket", function onUdp(message) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { socket } = message as { socket: UdpSocket };
    let isHeld = true;
    socket.once("close", () => (isHeld = false));
    ledger.add(
      {
        kind: "socket",
        name: () => "UDP",
        isHeld: () => isHeld,
        release: () => void socket.close(),
      },
      onUdp,
    );
  });
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") return String(address);
  return `${address.address}:${address.port}`;
}

/** Sockets have no public `hasRef`. The one of their handle is undocumented but long unchanged. */
function hasRef(socket: Socket): boolean {
  const handle: { hasRef?: () => boolean } | null | undefined = Reflect.get(socket, "_handle");
  return handle?.hasRef?.() ?? handle !== null;
}
