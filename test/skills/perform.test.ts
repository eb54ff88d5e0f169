import { once } from "node:events";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { perform } from "../../src/skills/commands/perform.ts";
import { Resources } from "../../src/skills/thread/resources.ts";

const LIMIT_MS = 10_000;
const MAX_CHARACTERS = 10_000;

function* noEnd(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(16_384, "a");
}

/** The URL of a server that answers so, and the end of its first answer. */
async function serve(answer: RequestListener): Promise<{ url: string; closed: Promise<unknown> }> {
  let isClosed: (value: unknown) => void;
  const closed = new Promise((resolve) => (isClosed = resolve));
  const server = createServer((request, response) => {
    response.once("close", isClosed);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, closed };
}

function pour(response: ServerResponse, compressed: boolean): void {
  const source = Readable.from(noEnd());
  response.once("close", () => source.destroy());
  if (compressed) source.pipe(createGzip()).pipe(response);
  else source.pipe(response);
}

async function ask(url: string, signal = new AbortController().signal): Promise<string> {
  const resources = new Resources(() => {});
  onTestFinished(async () => void (await resources.scope.close()));
  const handled = { slots: {}, text: "go", signal } as unknown as Parameters<typeof perform>[1];
  return await perform({ intent: "Go", http: { url } }, handled, resources);
}

test.each([false, true])(
  "an HTTP answer without end is read as far as it is kept (compressed: %s)",
  async (compressed) => {
    const { url, closed } = await serve((_, response) => {
      if (compressed) response.setHeader("content-encoding", "gzip");
      pour(response, compressed);
    });
    expect(await ask(url)).toBe("a".repeat(MAX_CHARACTERS));
    await closed;
  },
  LIMIT_MS,
);

test(
  "the body of an HTTP error is not read",
  async () => {
    const { url, closed } = await serve((_, response) => {
      response.statusCode = 500;
      pour(response, false);
    });
    await expect(ask(url)).rejects.toThrow("answered 500 Internal Server Error");
    await closed;
  },
  LIMIT_MS,
);

test(
  "the body of a redirect is not read either",
  async () => {
    const { url } = await serve((request, response) => {
      if (request.url === "/there") return void response.end("done");
      response.writeHead(302, { location: "/there" });
      pour(response, false);
    });
    expect(await ask(url)).toBe("done");
  },
  LIMIT_MS,
);

test(
  "an HTTP answer that never goes on ends with the time of its command",
  async () => {
    const time = new AbortController();
    const { url, closed } = await serve((_, response) => {
      response.write("a");
      time.abort(new Error("took too long"));
    });
    await expect(ask(url, time.signal)).rejects.toThrow("took too long");
    await closed;
  },
  LIMIT_MS,
);
