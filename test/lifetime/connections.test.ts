import { once, type EventEmitter } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket as WsClient, WebSocketServer } from "ws";
import { Scope } from "../../src/lifetime/scope.ts";

function openScope(): Scope {
  const scope = new Scope("test");
  onTestFinished(async () => void (await scope.close().catch(() => {})));
  return scope;
}

const portOf = (server: Pick<Server, "address">): number => (server.address() as AddressInfo).port;
const HOST = "127.0.0.1";

/** The WebSocket clients to test: `ws` everywhere, and that of Node from 22 on. */
const CLIENTS: [string, typeof globalThis.WebSocket][] = [
  ["ws", WsClient as unknown as typeof globalThis.WebSocket],
  ...(typeof globalThis.WebSocket === "function"
    ? [["Node", globalThis.WebSocket] as [string, typeof globalThis.WebSocket]]
    : []),
];

type Opening = {
  addEventListener(event: "open" | "error", listener: () => void): void;
};

async function opened<T extends Opening>(client: T): Promise<T> {
  await new Promise<void>((resolve, reject) => {
    client.addEventListener("open", () => resolve());
    client.addEventListener("error", () => reject(new Error("not opened")));
  });
  return client;
}

async function openWebSocketServer(scope: Scope, graceMs?: number): Promise<WebSocketServer> {
  const server = new WebSocketServer({ port: 0, host: HOST });
  return await scope.server(server, graceMs === undefined ? {} : { graceMs });
}

describe.each(CLIENTS)("a WebSocket server with clients of %s", (_, Client) => {
  test('sends "going away", waits for their close frames and accepts no new client', async () => {
    const scope = openScope();
    const server = await openWebSocketServer(scope);
    const url = `ws://${HOST}:${portOf(server)}`;
    const clients = await Promise.all([1, 2, 3].map(() => opened(new Client(url))));
    expect(scope.status().held[0]).toMatchObject({ details: { connections: 3 } });
    const codes = clients.map(
      (client) =>
        new Promise((resolve) => client.addEventListener("close", ({ code }) => resolve(code))),
    );
    expect((await scope.close()).ok).toBe(true);
    expect(await Promise.all(codes)).toEqual([1001, 1001, 1001]);
    await expect(opened(new Client(url))).rejects.toThrow("not opened");
  });

  test("a client's connection is closed with its own scope, and the server sees a normal end", async () => {
    const server = await openWebSocketServer(openScope());
    const arrived = once(server, "connection");
    const scope = openScope();
    const client = new Client(`ws://${HOST}:${portOf(server)}`);
    scope.connection(await opened(client), { name: "captions" });
    const [peer] = (await arrived) as [WsClient];
    const ended = once(peer, "close");
    expect(scope.status().held).toMatchObject([{ name: "captions", phase: "connections" }]);
    expect((await scope.close()).ok).toBe(true);
    expect(client.readyState).toBe(3);
    expect((await ended)[0]).toBe(1000);
  });

  test("a connection that the other side closes is no longer held", async () => {
    const server = await openWebSocketServer(openScope());
    const scope = openScope();
    const client = new Client(`ws://${HOST}:${portOf(server)}`);
    scope.connection(await opened(client));
    for (const peer of server.clients) peer.close();
    await expect.poll(() => scope.status().held).toEqual([]);
  });
});

test("a WebSocket client that never closes is cut after the grace time", async () => {
  const scope = openScope();
  const server = await openWebSocketServer(scope, 30);
  const socket = connect(portOf(server), HOST);
  socket.on("error", () => {}); // it is cut, as it should be
  const upgrade = ["GET / HTTP/1.1", `Host: ${HOST}`, "Upgrade: websocket", "Connection: Upgrade"];
  const key = ["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13", "", ""];
  const accepted = once(server, "connection");
  socket.write([...upgrade, ...key].join("\r\n"));
  await accepted;
  const ended = once(socket.resume(), "close");
  expect((await scope.close()).ok).toBe(true);
  await ended;
  expect(server.clients.size).toBe(0);
});

test("a WebSocket server on an HTTP server of the same scope is released with it", async () => {
  const scope = openScope();
  const http = await scope.server(createHttpServer().listen(0, HOST), { graceMs: 5_000 });
  await scope.server(new WebSocketServer({ server: http }));
  const client = await opened(new WsClient(`ws://${HOST}:${portOf(http)}`));
  const closed = once(client, "close");
  const { ok, durationMs } = await scope.close();
  expect(ok).toBe(true);
  expect(durationMs).toBeLessThan(4_000); // the HTTP server had nothing to wait for
  await closed;
});

test("a WebSocket server on a port that is taken rejects and leaves the scope usable", async () => {
  const scope = openScope();
  const first = await openWebSocketServer(scope);
  const port = portOf(first);
  const second = scope.server(new WebSocketServer({ port, host: HOST }));
  await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
  expect(scope.isOpen).toBe(true);
});

/** A silent client whose connection the server has accepted. */
async function silentClient(server: EventEmitter, port: number): Promise<Socket> {
  const accepted = once(server, "connection");
  const client = connect(port, HOST).on("error", () => {}); // it is cut, as it should be
  onTestFinished(() => void client.destroy());
  await accepted;
  return client.resume();
}

const SERVERS: [string, () => Server][] = [
  ["net", () => createServer()],
  ["http", () => createHttpServer()],
  ["https", () => createHttpsServer()],
];

test.each(SERVERS)(
  "a %s server cuts connections from before it was tied too",
  async (_, create) => {
    const scope = openScope();
    const server = create().listen(0, HOST);
    await once(server, "listening");
    const client = await silentClient(server, portOf(server));
    await scope.server(server, { graceMs: 30 });
    expect(scope.status().held[0]).toMatchObject({ details: { connections: 1 } });
    const ended = once(client, "close");
    expect((await scope.close()).ok).toBe(true);
    await ended;
  },
);

test.each([true, false])(
  "a WebSocket server cuts clients from before it was tied (tracked: %s)",
  async (clientTracking) => {
    const scope = openScope();
    const server = new WebSocketServer({ port: 0, host: HOST, clientTracking });
    await once(server, "listening");
    const client = await opened(new WsClient(`ws://${HOST}:${portOf(server)}`));
    await scope.server(server, { graceMs: 1_000 });
    const ended = once(client, "close");
    expect((await scope.close()).ok).toBe(true);
    expect((await ended)[0]).toBe(clientTracking ? 1001 : 1006);
  },
);

test("a plain connection to a WebSocket server does not delay its close", async () => {
  const scope = openScope();
  const server = await openWebSocketServer(scope, 30);
  const http = Reflect.get(server, "_server") as Server;
  const ended = once(await silentClient(http, portOf(http)), "close");
  expect((await scope.close()).ok).toBe(true);
  await ended;
});

test("a client that has left is no longer counted, even one from before the server was tied", async () => {
  const scope = openScope();
  const server = new WebSocketServer({ port: 0, host: HOST });
  await once(server, "listening");
  const client = await opened(new WsClient(`ws://${HOST}:${portOf(server)}`));
  await scope.server(server);
  client.close();
  await expect.poll(() => scope.status().held[0]).toMatchObject({ details: { connections: 0 } });
});

async function pair(scope: Scope, graceMs?: number): Promise<{ client: Socket; peer: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, HOST);
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const arrived = once(server, "connection");
  const client = connect(portOf(server), HOST);
  await once(client, "connect");
  scope.connection(client, graceMs === undefined ? {} : { graceMs });
  const [peer] = (await arrived) as [Socket];
  onTestFinished(() => void peer.destroy());
  return { client, peer };
}

describe("a connection of net", () => {
  test("sends what is still to be sent, then ends with the other side", async () => {
    const scope = openScope();
    const { client, peer } = await pair(scope);
    let received = 0;
    peer.on("data", (chunk: Buffer) => (received += chunk.length)).on("end", () => peer.end("bye"));
    client.write(Buffer.alloc(1_000_000));
    expect((await scope.close()).ok).toBe(true);
    expect(client.destroyed).toBe(true);
    expect(received).toBe(1_000_000);
  });

  test("is cut when the other side does not end", async () => {
    const scope = openScope();
    const { client, peer } = await pair(scope, 30);
    peer.resume();
    expect((await scope.close()).ok).toBe(true);
    expect(client.destroyed).toBe(true);
  });

  test("is destroyed when the scope has closed meanwhile", async () => {
    const scope = openScope();
    await scope.close();
    await expect(pair(scope)).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
  });
});
