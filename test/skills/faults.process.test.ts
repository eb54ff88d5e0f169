import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { areGone } from "../helpers/process-table.ts";
import { linesOf, logsOf, SkillsProgram, skillFolder, writeFiles } from "./skills-program.ts";

const faulty = (body: string): string => `
  import { log, onCleanup, onIntent, state } from "earshot/skills";
  onIntent("Fault", async () => { state.faults = (state.faults ?? 0) + 1; await null; ${body} });
  onIntent("Faults", () => String(state.faults));
  onCleanup(() => log("cleanup"));
`;

describe("a skill that", () => {
  test.each([
    [
      "loops for ever",
      "for (;;);",
      "a skill (the last call: a: the handler of Fault) did not come back for",
      [],
    ],
    [
      "allocates until it dies",
      "const all = []; for (;;) all.push({ at: all.length });",
      "and may hold 100 MB",
      [],
    ],
    [
      "keeps more and more",
      "const all = []; setInterval(() => all.push(Buffer.alloc(1e7, 1)), 20); return new Promise(() => {});",
      "and may hold 100 MB",
      ["cleanup"],
    ],
    [
      "throws where nobody catches",
      "setImmediate(() => null.x); return new Promise(() => {});",
      "an error that nobody caught: Cannot read properties of null",
      ["cleanup"],
    ],
    [
      "rejects where nobody catches",
      "void Promise.reject(new Error('lost')); return new Promise(() => {});",
      "an error that nobody caught: lost",
      ["cleanup"],
    ],
    ["exits", "process.exit(3);", "process.exit(3) was called", ["cleanup"]],
  ])(
    "%s is told of, ended and loaded again; its command is not repeated",
    async (...row) => {
      const [, body, message, cleanups] = row;
      const skills = await SkillsProgram.start(
        {
          "a.js": faulty(body),
          "b.js": `import { onIntent } from "earshot/skills"; onIntent("Works", () => "b works");`,
        },
        // Allocating takes its time on a busy machine: only what loops is to count as stuck.
        { limits: { blockedMs: body === "for (;;);" ? 1_500 : 30_000, memoryMb: 100 } },
      );
      const id = skills.command("Fault");
      expect(await skills.event("crashed")).toMatchObject({
        generation: 1,
        retryInMs: 250,
        error: { code: "SKILL_FAILED", message: expect.stringContaining(message) },
      });
      // Whoever speaks meanwhile waits, and is answered.
      expect(await skills.handle("Works")).toMatchObject({ replies: [{ text: "b works" }] });
      expect(await skills.event("reloaded")).toMatchObject({ reason: "crashed", generation: 2 });
      const { answer } = await skills.line((line) => line["id"] === (id as unknown));
      expect(answer).toMatchObject({ handled: true, error: { code: expect.any(String) } });
      expect(await skills.handle("Faults")).toMatchObject({ replies: [{ text: "1" }] });
      expect(skills.logs).toEqual(cleanups);
      expect(await skills.finish()).toMatchObject({ code: 0, survivors: [] });
    },
    60_000,
  );

  test("crashes again and again is loaded at longer and longer intervals", async () => {
    const skills = await SkillsProgram.start({
      "a.js": `
        import { onStart } from "earshot/skills";
        onStart(() => { setTimeout(() => { throw new Error("again"); }, 10); });
      `,
    });
    const waits: unknown[] = [];
    for (let crash = 0; crash < 4; crash += 1) {
      waits.push((await skills.event("crashed"))["retryInMs"]);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000]);
    writeFiles(skills.folder, { "a.js": "" });
    expect(await skills.reload()).toMatchObject({ ok: true }); // there is no need to wait for the next try
    skills.order({ status: true });
    const { status } = await skills.line((line) => "status" in line);
    expect(status).toMatchObject({ state: "running", counters: { crashes: 4 } });
  });

  test("fails in onStart is told of, and the others start", async () => {
    const skills = await SkillsProgram.start({
      "a.js": `import { onStart } from "earshot/skills"; onStart(() => { throw new Error("no bridge"); });`,
      "b.js": `import { log, onStart } from "earshot/skills"; onStart(() => log("b starts"));`,
    });
    expect(skills.logs).toEqual([
      expect.stringMatching(/^a\.js:1:\d+: onStart failed: no bridge$/),
      "b starts",
    ]);
  });

  test("leaves timers, servers and processes behind has none after a reload", async () => {
    const skills = await SkillsProgram.start({
      "a.js": `
        import { spawn as spawnByHand } from "node:child_process";
        import { createServer } from "node:net";
        import { connect, onIntent, spawn } from "earshot/skills";
        setInterval(() => console.log("tick of " + globalThis.born), 50);
        globalThis.born ??= process.hrtime.bigint();
        const server = createServer().listen(0, "127.0.0.1");
        const child = await spawn("sleep", ["1000"]);
        onIntent("What", () => JSON.stringify({ pid: child.pid, port: server.address().port }));
      `,
    });
    const { replies } = (await skills.handle("What")) as { replies: [{ text: string }] };
    const { pid, port } = JSON.parse(replies[0].text) as { pid: number; port: number };
    writeFiles(skills.folder, { "a.js": `setInterval(() => console.log("tock"), 100);` });
    await skills.reload();
    await skills.event("reloaded");
    expect(await areGone([pid])).toBe(true);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("fetch failed");
    for (let i = 0; i < 3; i += 1) await skills.event("log", ({ message }) => message === "tock");
    const since = skills.lines.findIndex(({ event }) => event?.["type"] === "reloaded");
    expect(new Set(logsOf(skills.lines.slice(since)))).toEqual(new Set(["tock"]));
  });

  test("ends with a thread that was killed leaves no process behind either", async () => {
    const skills = await SkillsProgram.start(
      {
        "a.js": `
          import { onIntent, spawn } from "earshot/skills";
          const child = await spawn("sh", ["-c", "sleep 1000 & wait"]);
          onIntent("Pid", () => String(child.pid));
          onIntent("Loop", () => { for (;;); });
        `,
      },
      { limits: { blockedMs: 500 } },
    );
    const { replies } = (await skills.handle("Pid")) as { replies: [{ text: string }] };
    expect(await skills.handle("Loop")).toMatchObject({ error: { code: "SKILL_FAILED" } });
    await skills.event("reloaded");
    expect(await areGone([Number(replies[0].text)])).toBe(true);
    expect(await skills.finish()).toMatchObject({ survivors: [] });
  });
});

describe("cleanups run when the program ends", () => {
  const files = {
    "a.js": `
      import { appendFileSync } from "node:fs";
      import { onCleanup, onIntent, spawn, state } from "earshot/skills";
      await spawn("sleep", ["1000"]);
      state.file ??= "";
      onIntent("Keep", ({ slots }) => { state.file = slots.file; });
      onCleanup(() => appendFileSync(state.file, "first\\n"));
      onCleanup(async () => { await new Promise((resolve) => setTimeout(resolve, 20)); appendFileSync(state.file, "second\\n"); state.ended = true; });
    `,
  };
  test.each([
    ["by SIGTERM", { kill: "SIGTERM" }, { signal: "SIGTERM" }],
    ["by SIGINT", { kill: "SIGINT" }, { signal: "SIGINT" }],
    ["by SIGHUP", { kill: "SIGHUP" }, { signal: "SIGHUP" }],
    ["by forceExit", { forceExit: 5 }, { code: 5 }],
    ["by process.exit", { exit: 5 }, { code: 5 }],
    ["by an uncaught error", { throw: "oops" }, { code: 1 }],
    ["by the end of its input", { end: true }, { code: 0 }],
  ])("%s", async (_how, how, status) => {
    const skills = await SkillsProgram.start(files);
    const file = path.join(skills.folder, "cleanups.txt");
    await skills.handle("Keep", { file });
    if ("kill" in how) skills.program.signal(how.kill as NodeJS.Signals);
    else if ("end" in how) skills.program.end();
    else skills.order(how);
    expect(await skills.ended).toMatchObject({ ...status, survivors: [] });
    expect(readFileSync(file, "utf8")).toBe("first\nsecond\n");
    const state: unknown = JSON.parse(
      readFileSync(path.join(skills.folder, ".state/a.json"), "utf8"),
    );
    expect(state).toEqual({ file, ended: true });
  });

  test("in the middle of a reload, those of the old skills once, and of the new ones too", async () => {
    const skills = await SkillsProgram.start({
      "a.js": `import { log, onCleanup } from "earshot/skills"; onCleanup(() => log("old"));`,
    });
    writeFiles(skills.folder, {
      "a.js": `
        import { log, onCleanup } from "earshot/skills";
        onCleanup(() => log("new"));
        log("loading");
        await new Promise(() => setInterval(() => {}, 1000)); // never done
      `,
    });
    skills.order({ reload: "signal" });
    await skills.event("log", ({ message }) => message === "loading");
    skills.program.signal("SIGINT");
    const ended = await skills.ended;
    expect(ended).toMatchObject({ signal: "SIGINT", survivors: [] });
    expect(logsOf(linesOf(ended.stdout)).toSorted()).toEqual(["loading", "new", "old"]);
  });

  test("and a cleanup that hangs does not keep it longer than its limit", async () => {
    const skills = await SkillsProgram.start(
      {
        "a.js": `
          import { log, onCleanup } from "earshot/skills";
          onCleanup(() => new Promise(() => {}));
          onCleanup(() => log("the second"));
        `,
      },
      { limits: { cleanupMs: 300 } },
    );
    skills.program.signal("SIGTERM");
    const ended = await skills.ended;
    expect(ended).toMatchObject({ signal: "SIGTERM", survivors: [] });
    expect(ended.stdout).toContain("took longer than 0.3 s");
    expect(ended.stdout).toContain("the second");
  });

  test("and a second signal does not wait for them", async () => {
    const skills = await SkillsProgram.start({
      "a.js": `
        import { log, onCleanup } from "earshot/skills";
        onCleanup(() => { log("waiting"); return new Promise(() => {}); });
      `,
    });
    skills.program.signal("SIGTERM");
    await skills.event("log");
    skills.program.signal("SIGINT");
    const ended = await skills.ended;
    expect(ended).toMatchObject({ signal: "SIGINT", survivors: [] });
    expect(ended.stdout).not.toContain("took longer"); // as it would have, had anybody waited
  });
});

describe("state", () => {
  const counting = `
    import { onIntent, state } from "earshot/skills";
    onIntent("Count", () => String(state.count = (state.count ?? 0) + 1));
  `;

  test("on a full disk is told of once, kept in memory, and the skills go on", async () => {
    const folder = skillFolder({ "a.js": counting });
    mkdirSync(path.join(folder, ".state"));
    symlinkSync("/dev/full", path.join(folder, ".state/a.json.new"));
    const skills = new SkillsProgram(folder);
    await skills.handle("Count");
    expect(await skills.event("log")).toMatchObject({
      level: "error",
      message: expect.stringContaining("could not be saved; it is kept in memory: ENOSPC"),
    });
    await skills.reload();
    expect(await skills.handle("Count")).toMatchObject({ replies: [{ text: "2" }] });
    expect(skills.logs).toHaveLength(1);
  });

  test("that is broken is set aside for a person to look at", async () => {
    const folder = skillFolder({ "a.js": counting, ".state/a.json": '{"count": 4' });
    const skills = new SkillsProgram(folder);
    expect(await skills.handle("Count")).toMatchObject({ replies: [{ text: "1" }] });
    expect(skills.logs).toEqual([expect.stringContaining("it is now a.json.broken")]);
    expect(readdirSync(path.join(folder, ".state"))).toContain("a.json.broken");
  });

  test("that may not be written is told of", async () => {
    const folder = skillFolder({ "a.js": counting });
    const stateFolder = path.join(folder, "file");
    writeFileSync(stateFolder, "a file, no folder");
    chmodSync(stateFolder, 0o400);
    const skills = new SkillsProgram(folder, { stateFolder });
    expect(await skills.handle("Count")).toMatchObject({ replies: [{ text: "1" }] });
    expect(await skills.event("log")).toMatchObject({
      message: expect.stringContaining("could not be saved"),
    });
  });
});
