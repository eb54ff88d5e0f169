// Several resources of different kinds, released in the order of registration even if one of the cleanups fails.
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { every, log, onCleanup, onIntent, spawn } from "earshot/skills";

const folder = await mkdtemp(path.join(tmpdir(), "earshot-example-"));
const server = createServer((_request, response) => response.end("here\n")).listen(0, "127.0.0.1");
const child = await spawn("sleep", ["1000"]); // needs no cleanup: it ends with the skills
let ticks = 0;
every("1s", () => (ticks += 1)); // this needs no cleanup either

onIntent("Status", () => JSON.stringify({ folder, port: server.address().port, pid: child.pid, ticks }));

onCleanup(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
onCleanup(() => {
  throw new Error("one cleanup fails, and the others still run");
});
onCleanup(async () => {
  await rm(folder, { recursive: true });
  log("the folder is gone");
});
