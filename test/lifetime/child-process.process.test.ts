import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SupervisedChild } from "../../src/lifetime/resources/child-process.ts";
import {
  withParentDeathSignal,
  type ParentDeathMeans,
} from "../../src/lifetime/exit/parent-death.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import { Program } from "../helpers/run-program.ts";
import { areGone, isAlive, processTable } from "../helpers/process-table.ts";

function openScope(): Scope {
  const scope = new Scope("test");
  onTestFinished(async () => void (await scope.close()));
  return scope;
}

/** Starts a shell script, and waits until it prints "ready". */
async function startScript(scope: Scope, script: string): Promise<SupervisedChild> {
  const child = await scope.spawn("sh", ["-c", script]);
  await once(child.process.stdout!, "data");
  return child;
}

describe("a child process", () => {
  test.each([
    ["runs", "echo ready; exec sleep 60"],
    ["ignores SIGTERM", "trap '' TERM; echo ready; while :; do sleep 60; done"],
    ["has stopped itself", "echo ready; kill -STOP $$; sleep 60"],
    ["has children of its own", "sleep 60 & echo ready; sleep 60"],
  ])("that %s is gone with its group when the scope has closed", async (_, script) => {
    const scope = openScope();
    const child = await startScript(scope, script);
    const group = processTable().filter(({ groupId }) => groupId === child.pid);
    expect(group.length).toBeGreaterThan(0);
    expect((await scope.close()).ok).toBe(true);
    expect(isAlive(child.pid!)).toBe(false);
    expect(
      await areGone(
        group.map(({ pid }) => pid),
        1_000,
      ),
    ).toBe(true);
  });

  test("that ends by itself takes the rest of its group with it", async () => {
    const child = await startScript(openScope(), "sleep 60 & echo ready; wait");
    const group = processTable().filter(({ groupId }) => groupId === child.pid);
    process.kill(child.pid!, "SIGKILL");
    await child.exited;
    expect(
      await areGone(
        group.map(({ pid }) => pid),
        1_000,
      ),
    ).toBe(true);
  });

  test("that is missing rejects with the caller's code and advice", async () => {
    const options = { failureCode: "RECORDER_MISSING", remedy: "apt install alsa-utils" } as const;
    const missing = openScope().spawn("no-such-recorder", ["-q"], options);
    await expect(missing).rejects.toMatchObject({
      code: "RECORDER_MISSING",
      message: expect.stringContaining("apt install alsa-utils"),
      cause: { code: "ENOENT" },
    });
  });

  test("is listed with its id, its uptime and the tail of its stderr", async () => {
    const scope = openScope();
    const child = await startScript(scope, "echo trouble >&2; echo ready; exec sleep 60");
    await expect.poll(() => child.outputTail).toBe("trouble\n");
    expect(scope.status()).toMatchObject({
      name: "test",
      held: [{ name: "sh", phase: "processes", details: { pid: child.pid, tail: "trouble\n" } }],
    });
    await child.stop();
    expect(scope.status().held).toEqual([]);
  });

  test("that the caller has spawned ends with the scope too", async () => {
    const scope = openScope();
    const { command, args, options } = withParentDeathSignal("sleep", ["60"]);
    const child = scope.adopt(spawn(command, args, options));
    await child.started;
    await scope.close();
    expect(isAlive(child.pid!)).toBe(false);
  });

  test("that the caller has spawned and that is missing is a typed error, not an uncaught one", async () => {
    const { command, args, options } = withParentDeathSignal("no-such-recorder", []);
    const child = openScope().adopt(spawn(command, args, options));
    await child.stop();
    await expect(child.started).rejects.toMatchObject({ code: "SPAWN_FAILED" });
  });

  test("is killed when its scope has closed meanwhile", async () => {
    const scope = openScope();
    await scope.close();
    const child = spawn("sleep", ["60"], { detached: true });
    expect(() => scope.adopt(child)).toThrow(expect.objectContaining({ code: "CONTEXT_CLOSED" }));
    expect(await areGone([child.pid!], 1_000)).toBe(true);
  });
});

describe.each(["pdeathsig", "lifeline"] as const)("a command wrapped by %s", (means) => {
  test("reads our stdin and passes its output and exit status on", async () => {
    const child = spawnWrapped(means, "sh", ["-c", "read line; echo got $line; exit 7"]);
    child.stdin!.write("it\n");
    const [[output], exit] = await Promise.all([
      once(child.stdout!.setEncoding("utf8"), "data"),
      once(child, "exit"),
    ]);
    expect(output).toBe("got it\n");
    expect(exit).toEqual([7, null]);
  });

  test("dies with us", async () => {
    const program = new Program("lifetime/wrapped", [means]);
    const pid = Number(await program.line(/child (\d+)/));
    expect(processTable().some(({ groupId }) => groupId === pid)).toBe(true);
    program.signal("SIGKILL");
    expect((await program.ended).survivors).toEqual([]);
  });
});

test("a command does not survive us when we die before it has asked the kernel for its death signal", async () => {
  const late = path.resolve(import.meta.dirname, "../fixtures/lifetime/late");
  const env = { PATH: `${late}:${process.env["PATH"] ?? ""}` };
  const program = new Program("lifetime/wrapped", ["pdeathsig"], { env });
  await program.line(/child (\d+)/);
  program.signal("SIGKILL");
  expect((await program.ended).survivors).toEqual([]);
});

function spawnWrapped(means: ParentDeathMeans, command: string, args: string[]) {
  const wrapped = withParentDeathSignal(command, args, ["pipe", "pipe", "pipe"], means);
  return spawn(wrapped.command, wrapped.args, wrapped.options);
}
