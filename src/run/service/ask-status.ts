import { rmSync } from "node:fs";
import { connect } from "node:net";
import { listInstances } from "./instance-folder.ts";

export type InstanceStatus =
  | { readonly pid: number; readonly answers: true; readonly status: Record<string, unknown> }
  /** It runs, but does not answer: it hangs, or is stopped. */
  | { readonly pid: number; readonly answers: false };

/** An instance that is well answers within a few milliseconds; ms. */
const PATIENCE_MS = 2_000;
const MAX_ANSWER_CHARACTERS = 4 * 1024 * 1024;

/**
 * What the instances of this user say of themselves. Sockets that killed ones left behind are removed.
 * @throws EarshotError STATUS_UNAVAILABLE
 */
export async function askInstances(signal: AbortSignal): Promise<InstanceStatus[]> {
  const asked = listInstances().map(async ({ pid, socket }): Promise<InstanceStatus[]> => {
    const answer = await ask(socket, signal);
    if (answer === "gone") {
      rmSync(socket, { force: true });
      return [];
    }
    const status = answer === "silent" ? undefined : parse(answer);
    return [status === undefined ? { pid, answers: false } : { pid, answers: true, status }];
  });
  return (await Promise.all(asked)).flat();
}

/** The answer as it came; "gone" when nobody listens there any more. */
function ask(socket: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const connection = connect({ path: socket, signal });
    connection.setEncoding("utf8").setTimeout(PATIENCE_MS, () => {
      resolve("silent");
      connection.destroy();
    });
    connection.on("data", (part: string) => {
      text += part;
      if (text.length > MAX_ANSWER_CHARACTERS) connection.destroy();
    });
    connection.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? "gone" : "silent");
    });
    connection.once("close", () => resolve(text === "" ? "silent" : text));
  });
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // it ended in the middle of its answer
  }
}
