// Every test here passes without the leak check, and leaves one thing behind.
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, watch } from "node:fs";
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { cleanupRegistry, Scope, VoiceContext } from "earshot";
import { describe, test, vi } from "vitest";

describe("leaks", () => {
  test("a context that listens to signals", async () => {
    await VoiceContext.start({ handleSignals: true });
  });

  test("a scope", () => {
    new Scope("kitchen").fork("lamp").timer("blink", 60_000, () => {});
  });

  test("a cleanup", () => {
    cleanupRegistry.register(() => {}, { name: "lamp off" });
  });

  test("a worker thread", async () => {
    await once(new Worker("setInterval(() => {}, 1000)", { eval: true, name: "ticker" }), "online");
  });

  test("a child process", async () => {
    await once(spawn("sleep", ["300"]), "spawn");
  });

  test("a listener", () => {
    process.on("SIGUSR2", function reload() {});
  });

  test("a server and a connection", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    await once(connect(server.address().port, "127.0.0.1"), "connect");
  });

  test("a UDP socket", () => {
    createSocket("udp4").bind();
  });

  test("a timer", () => {
    setInterval(() => {}, 60_000);
  });

  test("a temporary folder", () => {
    mkdtempSync(path.join(tmpdir(), "recordings-"));
  });

  test("a watcher", () => {
    watch(import.meta.dirname);
  });

  test("a fake clock, and nothing else", () => {
    vi.useFakeTimers();
  });
});

test("the next test is not blamed", () => {
  vi.useRealTimers();
});
