import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findExecutable } from "../../src/lifetime/exit/parent-death.ts";
import { requireProgram } from "../audio/alsa-feed.ts";
import { processTable } from "../helpers/process-table.ts";
import { complaints, ROOT, startEarshot, type Ended } from "./earshot.ts";

const RUN = ["run", "--json", "--intents", "demo/en/intents.yaml", "--input", "-"] as const;

let home: string;
let env: NodeJS.ProcessEnv;
let unit: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "service-"));
  // A runtime folder of our own: no systemd of this machine is to be touched.
  env = {
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, ".config"),
    XDG_RUNTIME_DIR: home,
    DBUS_SESSION_BUS_ADDRESS: undefined,
  };
  unit = path.join(home, ".config/systemd/user/earshot.service");
});
afterEach(() => rmSync(home, { recursive: true }));

const service = (args: readonly string[], cwd?: string): Promise<Ended> =>
  startEarshot(["service", ...args], { env, ...(cwd === undefined ? {} : { cwd }) }).ended;

/** A socket of systemd's kind; Node.js has none of that kind, so Perl holds it. Prints each message as a line. */
class NotifySocket implements Disposable {
  readonly path: string;
  readonly #child: ChildProcess;
  readonly #script = `use Socket; $| = 1;
    socket(S, AF_UNIX, SOCK_DGRAM, 0) && bind(S, pack_sockaddr_un($ARGV[0])) or die $!;
    print "bound\\n"; while (defined recv(S, my $m, 65536, 0)) { $m =~ s/\\n/ /g; print "$m\\n"; }`;
  #lines: string[] = [];
  #waiting: (() => void)[] = [];

  constructor(folder: string) {
    this.path = path.join(folder, "notify");
    this.#child = spawn("perl", ["-e", this.#script, this.path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#lines.push(...text.split("\n").filter((line) => line !== ""));
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  get messages(): readonly string[] {
    return this.#lines.filter((line) => line !== "bound" && !line.startsWith("BARRIER"));
  }

  async until(pattern: RegExp): Promise<void> {
    while (!this.#lines.some((line) => pattern.test(line))) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
    await once(this.#child, "close");
  }

  [Symbol.dispose](): void {
    this.#child.kill("SIGKILL");
  }
}

test("systemd hears that it is ready, well and stopping, and nobody else speaks for it", async () => {
  requireProgram("systemd-notify", "systemd");
  await using socket = new NotifySocket(home);
  await socket.until(/^bound$/);
  const given = { NOTIFY_SOCKET: socket.path, WATCHDOG_USEC: "600000" };
  const hook = ["--on", `ready=sh -c 'echo "<$NOTIFY_SOCKET>" > ${home}/seen'`];
  const { child, ended } = startEarshot([...RUN, ...hook], { env: { ...env, ...given } });
  await socket.until(/^READY=1/);
  await socket.until(/^WATCHDOG=1/);
  child.kill("SIGTERM");
  const { signal, stderr } = await ended;
  expect({ signal, stderr: complaints(stderr) }).toEqual({ signal: "SIGTERM", stderr: "" });
  const { messages } = socket;
  expect(messages[0]).toMatch(/^READY=1 STATUS=listening for en/);
  expect(messages.at(-1)).toMatch(/^STOPPING=1/);
  expect(new Set(messages.slice(1, -1).map((text) => text.trim()))).toEqual(
    new Set(["WATCHDOG=1"]),
  );
  expect(readFileSync(path.join(home, "seen"), "utf8")).toBe("<>\n");
});

test("a watchdog of another process is not answered", async () => {
  await using socket = new NotifySocket(home);
  await socket.until(/^bound$/);
  const given = { NOTIFY_SOCKET: socket.path, WATCHDOG_USEC: "100000", WATCHDOG_PID: "1" };
  const { child, ended } = startEarshot([...RUN, "--duration", "1s"], {
    env: { ...env, ...given },
  });
  expect((await ended).code).toBe(0);
  child.stdin?.destroy();
  expect(socket.messages.map((text) => text.trim())).toEqual([
    "READY=1 STATUS=listening for en",
    "STOPPING=1",
  ]);
});

test("a socket that nobody reads holds nothing up", async () => {
  const given = { NOTIFY_SOCKET: path.join(home, "nobody"), WATCHDOG_USEC: "100000" };
  const { child, ended } = startEarshot([...RUN, "--duration", "500ms"], {
    env: { ...env, ...given },
  });
  const { code, stderr } = await ended;
  child.stdin?.destroy();
  expect(code).toBe(0);
  expect(stderr).toMatch(/^earshot: systemd-notify failed: /);
  expect(processTable().some((row) => row.parentPid === child.pid)).toBe(false);
});

test("install writes a unit that systemd takes, with every option and awkward texts as they are", async () => {
  const args = [
    "--intents",
    "a b/100%.yaml",
    "--say",
    'espeak-ng -v "fr" $HOME \\',
    "--language",
    "fr",
  ];
  const { code, stdout, stderr } = await service(["install", "--no-start", ...args], ROOT);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(unit);
  const text = readFileSync(unit, "utf8");
  expect(text).toContain(
    String.raw`"run" "--language=fr" "--intents=a b/100%%.yaml" "--say=espeak-ng -v \"fr\" $$HOME \\"`,
  );
  expect(text).toContain(`WorkingDirectory=${ROOT.replace(/\/$/, "")}`);
  for (const line of ["Type=notify", "NotifyAccess=all", "Restart=always", "TimeoutStopSec=30"]) {
    expect(text).toContain(`\n${line}\n`);
  }
});

const verify = (file: string): { status: number | null; stderr: string } =>
  spawnSync("systemd-analyze", ["--user", "verify", file], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });

test.skipIf(findExecutable("systemd-analyze") === undefined)(
  "systemd finds nothing wrong with the unit",
  async () => {
    await service(["install", "--no-start", "--intents", "x.yaml"], ROOT);
    expect(verify(unit)).toMatchObject({ status: 0, stderr: "" });
    const wrong = path.join(home, "wrong.service");
    writeFileSync(wrong, readFileSync(unit, "utf8").replace("Restart=always", "Restart=sometimes"));
    expect(verify(wrong).stderr).toContain("restart specifier");
  },
);

test("where systemd does not answer nothing is left behind, and it says what to do", async () => {
  const { code, stdout, stderr } = await service(["install", "--intents", "x.yaml"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^earshot: systemctl --user daemon-reload failed: .*enable-linger\n$/);
  expect(existsSync(unit)).toBe(false);
  const state = await service(["status"]);
  expect(state).toMatchObject({ code: 1, stdout: "not installed; systemd does not answer\n" });
  expect(await service(["uninstall"])).toMatchObject({ code: 0, stdout: "it was not installed\n" });
});

test("a unit that was there before is not lost", async () => {
  await service(["install", "--no-start", "--intents", "before.yaml"]);
  const before = readFileSync(unit, "utf8");
  expect((await service(["install", "--intents", "after.yaml"])).code).toBe(1);
  expect(readFileSync(unit, "utf8")).toBe(before);
});

test("it says when an instance runs already", async () => {
  const run = startEarshot([...RUN], { env });
  await run.line((text) => text.includes('"ready"'));
  const { stderr } = await service(["install", "--no-start", "--intents", "x.yaml"]);
  expect(stderr).toMatch(new RegExp(`^earshot: an instance runs already \\(${run.child.pid}\\)`));
  run.child.kill("SIGTERM");
  await run.ended;
});

test.each([
  [["install"], /no sentence templates/],
  [["install", "--intents", "x.yaml", "--say", "a\nb"], /has a control character/],
  [["install", "--intents", "x.yaml", "--silence", "6"], /is not a duration/],
])("a mistake in %j is one line and exit status 2", async (args, message) => {
  const { code, stderr } = await service(args);
  expect(stderr).toMatch(/^earshot: .*\n$/);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
  expect(existsSync(unit)).toBe(false);
});
