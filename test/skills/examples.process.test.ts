import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { areGone, hasStopped, processTable } from "../helpers/process-table.ts";
import { earshot, ROOT } from "../cli/earshot.ts";
import { AlsaSpeaker } from "./alsa-speaker.ts";
import { linesOf, logsOf, SkillsProgram, skillFolder } from "./skills-program.ts";

const EXAMPLES = path.join(ROOT, "examples/skills");

/** The skills of an example, with a state of their own. */
async function startExample(
  name: string,
  env: NodeJS.ProcessEnv,
  folder = path.join(EXAMPLES, name, "skills"),
): Promise<SkillsProgram> {
  const started = new SkillsProgram(folder, { stateFolder: skillFolder({}) }, { env });
  await started.line((line) => "ready" in line);
  return started;
}

async function listening<T extends Server>(server: T): Promise<T> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

test.each([
  ["timers and alarms in English", ["--config", "examples/skills/timers/earshot.yaml"]],
  [
    "timers and alarms in French",
    "--language fr --intents examples/skills/timers/intents-fr --skills examples/skills/timers/skills examples/skills/timers/test-fr/timers.test.yaml".split(
      " ",
    ),
  ],
])("%s: earshot skills test finds everything as expected", async (_what, args) => {
  const ended = await earshot(["skills", "test", ...args]);
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stderr).toContain("all as expected");
});

describe("timers", () => {
  test("follow a clock that is set back, and alarms do not", async () => {
    const timers = path.join(EXAMPLES, "timers/skills");
    const noon = Date.parse("2030-01-01T12:00");
    const skills = new SkillsProgram(timers, {
      stateFolder: skillFolder({}),
      virtualClockMs: noon,
    });
    await skills.handle("SetTimer", { length: 600 });
    await skills.handle("SetAlarm", { at: "12:30" });
    skills.order({ advance: 300_000 });
    skills.order({ advance: -3_600_000 }); // 11:05 again
    skills.order({ advance: 299_000 });
    await skills.line(() => skills.lines.filter((line) => "advanced" in line).length === 3);
    expect(skills.lines.filter(({ event }) => event?.["type"] === "alert")).toEqual([]);
    skills.order({ advance: 2_000 });
    expect(await skills.event("alert")).toMatchObject({ reply: { text: "The timer is over." } });
    skills.order({ advance: 4_700_000 });
    await skills.line(() => skills.lines.filter((line) => "advanced" in line).length === 5);
    expect(skills.lines.filter(({ event }) => event?.["type"] === "alert")).toHaveLength(1);
    skills.order({ advance: 300_000 });
    expect(await skills.event("alert")).toMatchObject({
      reply: { text: "It is 12:30. Time to get up!" },
    });
  });
});

describe("commands without code", () => {
  const elsewhere = {
    HOME_URL: "http://127.0.0.1:9",
    HOME_TOKEN: "secret",
    MQTT_BROKER: "127.0.0.1:9",
    MPD: "127.0.0.1:9",
  };

  test("call Home Assistant over HTTP", async () => {
    const asked: unknown[] = [];
    const server = createHttpServer((request, response) => {
      let body = "";
      request.on("data", (part: Buffer) => (body += part.toString()));
      request.on("end", () => {
        const { method, url, headers } = request;
        asked.push({
          method,
          url,
          token: headers.authorization,
          body: JSON.parse(body) as unknown,
        });
        response.statusCode = url?.endsWith("turn_off") === true ? 500 : 200;
        response.end("[]");
      });
    });
    await listening(server);
    const HOME_URL = `http://127.0.0.1:${portOf(server)}`;
    const skills = await startExample("home", { ...elsewhere, HOME_URL });
    expect(await skills.handle("LightOn", { room: "kitchen" })).toEqual({
      handled: true,
      replies: [{ text: "The kitchen light is on.", slots: {} }],
    });
    expect(asked).toEqual([
      {
        method: "POST",
        url: "/api/services/light/turn_on",
        token: "Bearer secret",
        body: { entity_id: "light.kitchen" },
      },
    ]);
    expect(await skills.handle("LightOff", { room: "kitchen" })).toMatchObject({
      replies: [{ text: "Home Assistant does not answer." }],
    });
    expect(skills.logs.at(-1)).toContain("answered 500");
    expect(await skills.finish()).toMatchObject({ code: 0, survivors: [] });
  });

  test("speak the protocol of MPD, and run programs", async () => {
    let heard = "";
    const server = createServer((socket) => {
      socket.write("OK MPD 0.23.5\n");
      socket.on("data", (part) => (heard += part.toString()));
      socket.on("end", () => socket.end("OK\n"));
    });
    await listening(server);
    const skills = await startExample("home", { ...elsewhere, MPD: `127.0.0.1:${portOf(server)}` });
    expect(await skills.handle("Music", { action: "pause 1" })).toEqual({
      handled: true,
      replies: [],
    });
    expect(heard).toBe("pause 1\nclose\n");
    const { replies } = (await skills.handle("Disk")) as { replies: [{ text: string }] };
    expect(replies[0].text).toMatch(/^The disk is\s*\d+% full\.$/);
    expect(await skills.handle("Heating", { room: "kitchen", degrees: 20 })).toMatchObject({
      replies: [{ text: "The heating does not answer." }],
    });
  });

  const mosquitto = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto"].find((file) => existsSync(file));
  test.skipIf(mosquitto === undefined)("publish to a real MQTT broker", async () => {
    const probe = await listening(createServer());
    const port = portOf(probe);
    await new Promise((resolve) => probe.close(resolve));
    const broker = spawn(mosquitto ?? "", ["-p", String(port), "-v"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(async () => {
      broker.kill();
      if (broker.exitCode === null) await once(broker, "exit");
    });
    let log = "";
    const isReady = new Promise<void>((resolve) => {
      broker.stderr.on("data", (part: Buffer) => {
        log += part.toString();
        if (log.includes("running")) resolve();
      });
    });
    await isReady;
    const skills = await startExample("home", { ...elsewhere, MQTT_BROKER: `127.0.0.1:${port}` });
    expect(await skills.handle("Heating", { room: "kitchen", degrees: 20 })).toMatchObject({
      replies: [{ text: "20 degrees in the kitchen." }],
    });
    await skills.finish();
    expect(log).toMatch(/Received PUBLISH from earshot-.*home\/kitchen\/heating\/set.*\(2 bytes\)/);
    expect(log).toContain("Received DISCONNECT");
  });

  test.each([
    ["X:\n  run: mpc toggle\n", ":2:8", 'run needs a list: ["mpc", "toggle"]'],
    ["X: {}\n", ":1:1", "X: needs one of run, shell, http, mqtt, tcp"],
    ["X: { shell: ls, tcp: {} }\n", ":1:1", "X: needs one of run, shell, http, mqtt, tcp"],
    ["\nX:\n  http: { uri: a }\n", ":3:11", 'unknown key "uri" in http; did you mean "url"?'],
    ["\nX:\n  http: { body: a }\n", ":3:9", "http needs url"],
    [
      "X:\n  shell: ls\n  sya: done\n",
      ":3:3",
      '"sya" in what to do for X; the keys are run, shell',
    ],
    ["X:\n  shell: echo ${NO_SUCH_VARIABLE}\n", ":1:1", "the environment has no NO_SUCH_VARIABLE"],
    ["X: [\n", ":2:1", "not valid YAML"],
    ["", ":1:1", "expected intents, each with what to do"],
  ])("are checked when they are loaded: %j", async (yaml, place, message) => {
    const program = new SkillsProgram(skillFolder({ "bad.commands.yaml": yaml }));
    const { failed } = await program.line((line) => "failed" in line);
    expect(failed).toMatchObject({
      code: "SKILL_INVALID",
      place: `bad.commands.yaml${place}`,
      message: expect.stringContaining(message),
    });
  });

  test("what is said cannot leave its place in an argument, a shell or a URL", async () => {
    const server = createHttpServer((request, response) => response.end(request.url));
    await listening(server);
    const skills = await SkillsProgram.start({
      "x.commands.yaml": [
        `Run: { run: [printf, "%s", "{what}"], say: "{output}" }`,
        `Shell: { shell: 'printf %s "$what"', say: "{output}" }`,
        `Url: { http: { url: "http://127.0.0.1:${portOf(server)}/{what}" }, say: "{output}" }`,
      ].join("\n"),
    });
    const what = `a"; touch pwned; $(id) / ? &`;
    expect(await skills.handle("Run", { what })).toMatchObject({ replies: [{ text: what }] });
    expect(await skills.handle("Shell", { what })).toMatchObject({ replies: [{ text: what }] });
    expect(await skills.handle("Url", { what })).toMatchObject({
      replies: [{ text: `/${encodeURIComponent(what)}` }],
    });
  });
});

/** A folder of songs that last so many seconds. */
function songsOf(seconds: Readonly<Record<string, number>>): string {
  const folder = skillFolder({});
  for (const [name, length] of Object.entries(seconds)) {
    const tone = ["synth", String(length), "sine", "440"];
    execFileSync("sox", ["-n", "-r", "16000", "-c", "1", path.join(folder, name), ...tone]);
  }
  return folder;
}

test("music is paused while somebody speaks, goes on after a reload, and ends with the program", async () => {
  using speaker = new AlsaSpeaker();
  const MUSIC = songsOf({ "a.wav": 300, "b.wav": 0.5, "c.wav": 300 });
  const skills = await startExample("music", { ...speaker.env, MUSIC, MUSIC_PLAYER: "play -q" });
  /** Another one than `before`; a program that has been started is no player yet. */
  const player = (before = 0): Promise<number> =>
    vi.waitFor(() => {
      const row = processTable().find(
        ({ command, parentPid, pid }) =>
          command === "play" && parentPid === skills.program.pid && pid !== before,
      );
      if (!row) throw new Error("no player");
      return row.pid;
    }, 20_000);
  const playsOn = async (): Promise<void> => {
    const before = speaker.playedBytes;
    await vi.waitFor(() => expect(speaker.playedBytes).toBeGreaterThan(before), 20_000);
  };
  await skills.handle("PlayMusic");
  const first = await player();
  await playsOn();
  skills.order({ signal: ["listening", true] });
  expect(await hasStopped(first)).toBe(true);
  await vi.waitFor(() => expect(speaker.isSilent).toBe(true), 20_000);
  skills.order({ signal: ["listening", false] });
  await playsOn();
  await skills.handle("NextSong");
  expect(await areGone([first])).toBe(true);
  await skills.event("log", ({ message }) => message === "plays c.wav"); // b has ended by itself
  expect(skills.logs).toEqual(["plays a.wav", "plays b.wav", "plays c.wav"]);
  const third = await player();
  await skills.reload();
  expect(skills.logs.at(-1)).toBe("plays c.wav");
  const last = await player(third);
  await playsOn();
  await skills.handle("PauseMusic");
  expect(await hasStopped(last)).toBe(true);
  expect(await skills.finish()).toMatchObject({ code: 0, survivors: [] });
}, 60_000);

describe("examples of cleanups", () => {
  test("say goodbye on a socket, close a file, let several things go, keep a count", async () => {
    const heard: string[] = []; // by connection: one of each generation
    const lamp = await listening(
      createServer({ allowHalfOpen: true }, (socket) => {
        const mine = heard.push("") - 1;
        socket.on("data", (part) => (heard[mine] += part.toString()));
        socket.on("error", () => {});
      }),
    );
    const NOTES = path.join(skillFolder({}), "notes.txt");
    const skills = await startExample("cleanup", { LAMP: `127.0.0.1:${portOf(lamp)}`, NOTES });
    await skills.handle("LampOn");
    for (let i = 0; i < 100; i += 1) await skills.handle("WriteDown", { words: `note ${i}` });
    await skills.handle("Count");
    const { replies } = (await skills.handle("Status")) as { replies: [{ text: string }] };
    const status = JSON.parse(replies[0].text) as { folder: string; port: number; pid: number };
    await skills.reload();
    expect(await areGone([status.pid])).toBe(true);
    expect(existsSync(status.folder)).toBe(false);
    await expect(fetch(`http://127.0.0.1:${status.port}`)).rejects.toThrow("fetch failed");
    expect(await skills.handle("Count")).toMatchObject({ replies: [{ text: "2" }] });
    const ended = await skills.finish();
    expect(ended).toMatchObject({ survivors: [] });
    // What was sent before the end may still be on its way to this process.
    await expect.poll(() => heard).toEqual(["HELLO\nON\nGOODBYE\n", "HELLO\nGOODBYE\n"]);
    const notes = readFileSync(NOTES, "utf8").trim().split("\n");
    expect(notes).toHaveLength(102);
    expect(notes.slice(99, 101)).toEqual(["note 99", "-- end --"]);
    expect(
      logsOf(linesOf(ended.stdout)).filter((line) => line === "the folder is gone"),
    ).toHaveLength(2);
  });
});
