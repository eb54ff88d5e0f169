import { deferred } from "../../base/waiting/deferred.ts";
import { chmodSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError } from "../../errors.ts";
import { instanceFolder } from "./instance-folder.ts";

/** Who asks gets an answer at once; one that does not take it is cut off after this time, ms. */
const ANSWER_LIMIT_MS = 1_000;

/**
 * Answers everybody who connects with one line: the JSON that `snapshot` gives. Only this user may connect. The
 * socket is named after the process, so that several instances do not meet; it goes with the scope.
 *
 * @throws EarshotError STATUS_UNAVAILABLE
 */
export async function serveStatus(scope: Scope, snapshot: () => string): Promise<void> {
  const socket = path.join(instanceFolder(), `${process.pid}.sock`);
  rmSync(socket, { force: true }); // of a process that was killed and had our id
  const server = createServer((connection) => {
    connection.on("error", () => {}); // whoever asked is gone
    connection.setTimeout(ANSWER_LIMIT_MS, () => connection.destroy());
    connection.end(`${snapshot()}\n`);
    connection.resume();
  });
  const listening = deferred<unknown>();
  server.once("error", (error) => {
    listening.reject(new EarshotError("STATUS_UNAVAILABLE", `${socket}: ${error.message}`));
  });
  const remove = (): void => rmSync(socket, { force: true });
  scope.defer(remove, { name: "status socket", phase: "files", sync: remove, isSyncBounded: true });
  server.listen(socket);
  listening.resolve(scope.server(server, { name: "status", graceMs: ANSWER_LIMIT_MS }));
  await listening.promise;
  chmodSync(socket, 0o600);
  server.unref();
}
