import { onAbort } from "../../base/waiting/on-abort.ts";
import { once } from "node:events";
import type { Resources } from "../thread/resources.ts";
import type { HandledCommand } from "../thread/skill-unit.ts";
import { fill, fillJson, fillTexts } from "./fill.ts";
import { publish } from "./mqtt.ts";
import type { CommandRule, HttpCommand, TcpCommand } from "./read-commands.ts";

/** Bounds what is kept of a program's output or a server's answer. */
const MAX_OUTPUT_CHARACTERS = 10_000;

/** Does what the file says. Resolves with what it printed or answered. @throws Error that says what went wrong */
export async function perform(
  command: CommandRule,
  { slots, text, signal }: HandledCommand,
  resources: Resources,
): Promise<string> {
  const all: Slots = { text, ...slots };
  const { run, shell, http, mqtt, tcp } = command;
  if (http !== undefined) return await request(http, all, signal);
  if (tcp !== undefined) return await exchange(tcp, all, resources, signal);
  if (mqtt !== undefined) {
    await publish(resources, fillTexts(mqtt, all), signal);
    return "";
  }
  if (shell !== undefined) {
    const env = Object.entries(all).map(([name, value]) => [
      name.replaceAll("-", "_"),
      String(value),
    ]);
    return await runProgram(resources, ["/bin/sh", "-c", shell], Object.fromEntries(env), signal);
  }
  return await runProgram(
    resources,
    (run ?? []).map((part) => fill(part, all)),
    {},
    signal,
  );
}

async function runProgram(
  resources: Resources,
  [program = "", ...args]: readonly string[],
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const child = await resources.spawn(program, args, { env: { ...process.env, ...variables } });
  using _ = onAbort(signal, () => void child.stop());
  let output = "";
  child.process.stdout?.setEncoding("utf8").on("data", (part: string) => {
    output = (output + part).slice(0, MAX_OUTPUT_CHARACTERS);
  });
  await once(child.process, "close");
  signal.throwIfAborted();
  const { code, signal: killedBy } = await child.exited;
  if (code === 0) return output.trim();
  const [line = ""] = child.outputTail.trim().split("\n").slice(-1);
  throw new Error(
    `${program} ended with ${killedBy ?? `exit status ${code}`}${line && `: ${line}`}`,
  );
}

async function request(http: HttpCommand, slots: Slots, signal: AbortSignal): Promise<string> {
  const { url, headers = {}, json, body } = http;
  const hasBody = json !== undefined || body !== undefined;
  const filled = Object.entries(headers).map(([name, value]) => [name, fill(value, slots)]);
  const answer = await fetch(fill(url, slots, encodeURIComponent), {
    method: http.method ?? (hasBody ? "POST" : "GET"),
    headers: {
      ...(json === undefined ? {} : { "content-type": "application/json" }),
      ...Object.fromEntries(filled),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(fillJson(json, slots)) }),
    ...(body === undefined ? {} : { body: fill(body, slots) }),
    signal,
  });
  if (answer.ok) return await beginningOf(answer);
  await answer.body?.cancel();
  throw new Error(`${new URL(answer.url).host} answered ${answer.status} ${answer.statusText}`);
}

/** The answer, decompressed, as far as it is kept. Its rest is never read, however long it is. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  // Leaving the loop cancels the body.
  for await (const bytes of body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length >= MAX_OUTPUT_CHARACTERS) break;
  }
  return text.slice(0, MAX_OUTPUT_CHARACTERS).trim();
}

/** Sends, and takes the first line that comes back as the answer, such as MPD's "OK". */
async function exchange(
  command: TcpCommand,
  slots: Slots,
  resources: Resources,
  signal: AbortSignal,
): Promise<string> {
  let failure: Error | undefined;
  const { to, send } = fillTexts(command, slots);
  const socket = resources.connect(to, (error) => (failure = error));
  using _ = onAbort(signal, () => socket.destroy());
  let answer = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    answer = (answer + part).slice(0, MAX_OUTPUT_CHARACTERS);
  });
  socket.end(send);
  await new Promise<void>((resolve) => socket.once("close", () => resolve()));
  signal.throwIfAborted();
  if (failure !== undefined) throw failure;
  return answer.trim();
}

type Slots = HandledCommand["slots"];
