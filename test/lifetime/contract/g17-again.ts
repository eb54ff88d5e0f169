import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { Program, type Ended } from "../../helpers/run-program.ts";
import { judge, type Expected, type Scenario } from "./scenario.ts";

const WAYS: Record<string, Expected> = {
  dispose: { code: 0 },
  exit: { code: 5 },
  throw: { code: 1 },
  forceExit: { code: 5 },
  SIGINT: { signal: "SIGINT" },
  SIGTERM: { signal: "SIGTERM" },
  SIGHUP: { signal: "SIGHUP" },
  SIGQUIT: { signal: "SIGQUIT" },
  SIGKILL: { signal: "SIGKILL" },
};

/** However the first run ends, the second starts at once, on the same port, and works. */
export const scenarios: readonly Scenario[] = Object.entries(WAYS).map(([way, expected]) => ({
  id: "G17",
  title: `again at once after ${way}`,
  times: 20,
  isInEveryTest: ["exit", "SIGINT", "SIGKILL"].includes(way),
  run: async () => {
    const port = String(await freePort());
    await runOnce(way, port, expected);
    const second = await runOnce("dispose", port, { code: 0 });
    assert.equal(second.stderr, "");
    return second.tookMs;
  },
}));

async function runOnce(way: string, port: string, expected: Expected): Promise<Ended> {
  const program = new Program("lifetime/whole-context", [way, port]);
  await program.line(/works/);
  if (expected.signal === undefined) program.mark();
  else program.signal(expected.signal);
  const ended = await program.ended;
  judge(ended, { ...expected, withinMs: 3_000 });
  return ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
