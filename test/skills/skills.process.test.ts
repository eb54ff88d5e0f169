import { expect, test } from "vitest";
import { SkillsProgram } from "./skills-program.ts";

test("a handler answers with what it says and returns, in that order", async () => {
  const skills = await SkillsProgram.start({
    "lights.js": `
      import { onIntent, say } from "earshot/skills";
      onIntent("Say", ({ slots }) => say("lights.on", slots));
      onIntent("Return", ({ text, utteranceId, language }) => \`\${text} \${utteranceId} \${language}\`);
      onIntent("Both", async () => { say("First."); await null; say("Second."); return "Third."; });
      onIntent("Nothing", () => {});
    `,
  });
  expect(await skills.handle("Say", { room: "kitchen" })).toEqual({
    handled: true,
    replies: [{ key: "lights.on", slots: { room: "kitchen" } }],
  });
  expect(await skills.handle("Return")).toMatchObject({ replies: [{ text: "text u2 en" }] });
  expect(await skills.handle("Both")).toMatchObject({
    replies: [{ text: "First." }, { text: "Second." }, { text: "Third." }],
  });
  expect(await skills.handle("Nothing")).toEqual({ handled: true, replies: [] });
  expect(await skills.handle("Unknown")).toEqual({ handled: false, replies: [] });
  expect(await skills.finish()).toMatchObject({ code: 0, survivors: [] });
});

test("a handler that throws fails its own command only, with the place and what it had said", async () => {
  const skills = await SkillsProgram.start({
    "lights.js": `import { onIntent, say } from "earshot/skills";
onIntent("Throw", () => { say("Just a moment."); throw new Error("the bulb is broken"); });
onIntent("Works", () => "Done.");`,
  });
  expect(await skills.handle("Throw")).toMatchObject({
    handled: true,
    replies: [{ text: "Just a moment." }],
    error: {
      code: "SKILL_FAILED",
      place: "lights.js:2:56",
      message: "lights: the handler of Throw failed: the bulb is broken",
    },
  });
  expect(await skills.handle("Works")).toMatchObject({ replies: [{ text: "Done." }] });
});

test("a handler that never ends is given up, told so, and the next command is handled", async () => {
  const skills = await SkillsProgram.start(
    {
      "slow.js": `
        import { log, onIntent } from "earshot/skills";
        onIntent("Never", ({ signal }) => {
          signal.addEventListener("abort", () => log("told:", signal.reason.code));
          return new Promise(() => {});
        });
        onIntent("Works", () => "Done.");
      `,
    },
    { limits: { commandMs: 200 } },
  );
  expect(await skills.handle("Never")).toMatchObject({
    error: { message: "slow: the handler of Never took longer than 0.2 s" },
  });
  expect(skills.logs).toContain("told: SKILL_FAILED");
  expect(await skills.handle("Works")).toMatchObject({ replies: [{ text: "Done." }] });
});

test("a timer speaks by itself, never overlaps, and its errors end nothing", async () => {
  const skills = await SkillsProgram.start({
    "clock.js": `
      import { every, log, say } from "earshot/skills";
      let running = 0, most = 0, calls = 0;
      every("20ms", async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 50));
        running -= 1;
        if (++calls === 1) throw new Error("a bad tick");
        if (calls === 3) say("Most at once: " + most);
      });
    `,
  });
  expect(await skills.event("log")).toMatchObject({
    level: "error",
    message: expect.stringMatching(/^clock\.js:8:\d+: clock: timer 20ms failed: a bad tick$/),
  });
  expect(await skills.event("say")).toMatchObject({
    skill: "clock",
    reply: { text: "Most at once: 1" },
  });
});

test("an alert is raised once per cool-down, also across a reload", async () => {
  const skills = await SkillsProgram.start({
    "door.js": `
      import { alert, onIntent } from "earshot/skills";
      const isTold = (name) => alert("The door is open.", { name, cooldown: "1h" });
      onIntent("Door", () => [isTold("front"), isTold("front"), isTold("back")].join());
    `,
  });
  expect(await skills.handle("Door")).toMatchObject({ replies: [{ text: "true,false,true" }] });
  await skills.reload();
  expect(await skills.handle("Door")).toMatchObject({ replies: [{ text: "false,false,false" }] });
  const alerts = skills.lines.filter(({ event }) => event?.["type"] === "alert");
  expect(alerts.map(({ event }) => event?.["name"])).toEqual(["front", "back"]);
});

test("a misspelt option of an alert or a program is told of and not left out", async () => {
  const skills = await SkillsProgram.start({
    "door.js": `
      import { alert, onIntent, spawn } from "earshot/skills";
      onIntent("Alert", () => String(alert("The door is open.", { coolDown: "1h" })));
      onIntent("Spawn", async () => String(await spawn("true", [], { shell: true })));
    `,
  });
  expect(await skills.handle("Alert")).toMatchObject({
    error: { message: expect.stringContaining('of alert; did you mean "cooldown"?') },
  });
  expect(await skills.handle("Spawn")).toMatchObject({
    error: { message: expect.stringContaining('unknown option "shell" of spawn') },
  });
});

test("signals are shared between skills, and with the program; those of the program outlive a reload", async () => {
  const skills = await SkillsProgram.start({
    "a.js": `
      import { log, signals } from "earshot/skills";
      signals.on("temperature", (value) => log("a sees", value));
      signals.on("listening", (value) => log("a hears", value));
    `,
    "b.js": `
      import { onIntent, signals } from "earshot/skills";
      onIntent("Set", () => { signals.set("temperature", 21); signals.set("temperature", 21); });
      onIntent("Get", () => \`\${signals.get("temperature")} \${signals.get("listening")}\`);
    `,
  });
  await skills.handle("Set");
  skills.order({ signal: ["listening", true] });
  expect(await skills.handle("Get")).toMatchObject({ replies: [{ text: "21 true" }] });
  expect(skills.logs).toEqual(["a sees 21", "a hears true"]);
  await skills.reload();
  expect(await skills.handle("Get")).toMatchObject({ replies: [{ text: "undefined true" }] });
});

test("state is a skill's own, and there after a reload and after a restart", async () => {
  const files = {
    "a.js": `
      import { onIntent, persisted, state } from "earshot/skills";
      const memory = persisted({ list: [], deep: { count: 0 } });
      onIntent("Add", () => { memory.list.push({ at: memory.list.length }); memory.deep.count += 1; });
      onIntent("Show", () => JSON.stringify(state));
    `,
    "b.js": `
      import { onIntent, state } from "earshot/skills";
      onIntent("Other", () => JSON.stringify(Object.keys(state)));
    `,
  };
  const skills = await SkillsProgram.start(files);
  await skills.handle("Add");
  await skills.reload();
  await skills.handle("Add");
  const kept = '{"list":[{"at":0},{"at":1}],"deep":{"count":2}}';
  expect(await skills.handle("Show")).toMatchObject({ replies: [{ text: kept }] });
  expect(await skills.handle("Other")).toMatchObject({ replies: [{ text: "[]" }] });
  await skills.finish();
  const again = new SkillsProgram(skills.folder);
  expect(await again.handle("Show")).toMatchObject({ replies: [{ text: kept }] });
});

test("what cannot be kept as JSON is refused where it is set", async () => {
  const skills = await SkillsProgram.start({
    "a.js": `
      import { onIntent, state } from "earshot/skills";
      state.a = {};
      onIntent("Date", () => { state.a.when = new Date(); });
      onIntent("NaN", () => { state.a.list = [1, NaN]; });
    `,
  });
  expect(await skills.handle("Date")).toMatchObject({
    error: { message: expect.stringContaining("state.a.when cannot be kept: Date is not JSON") },
  });
  expect(await skills.handle("NaN")).toMatchObject({
    error: { message: expect.stringContaining("state.a.list.1 cannot be kept") },
  });
});

test("a folder with an index is a skill; helpers, tests and types are none; output becomes log", async () => {
  const skills = await SkillsProgram.start({
    "music/index.js": `
      import { volume } from "./volume.js";
      import { onIntent } from "earshot/skills";
      onIntent("Volume", () => volume());
    `,
    "music/volume.js": `
      import { state } from "earshot/skills";
      export const volume = () => String(state.volume = (state.volume ?? 40) + 1);
    `,
    "_helper.js": `throw new Error("not a skill")`,
    "music.test.js": `throw new Error("not a skill")`,
    "notes.txt": "not a skill",
    "talks.mjs": `console.log("printed"); console.error("complained");`,
  });
  expect(await skills.event("loaded")).toMatchObject({ skills: ["music", "talks"] });
  expect(await skills.handle("Volume")).toMatchObject({ replies: [{ text: "41" }] });
  expect(skills.logs.toSorted()).toEqual(["complained", "printed"]);
  skills.order({ status: true });
  const { status } = await skills.line((line) => "status" in line);
  expect(status).toMatchObject({
    state: "running",
    skills: [{ name: "music", intents: ["Volume"] }, { name: "talks" }],
    counters: { commands: 1, commandFailures: 0 },
  });
});

test("with virtual time an hour of timers passes at once", async () => {
  const skills = await SkillsProgram.start(
    {
      "clock.js": `
        import { every, now, onIntent } from "earshot/skills";
        const times = [];
        every("20m", () => times.push(now()));
        onIntent("Times", () => times.join());
      `,
    },
    { virtualClockMs: 0 },
  );
  skills.order({ advance: 3_600_000 });
  await skills.line((line) => "advanced" in line);
  expect(await skills.handle("Times")).toMatchObject({
    replies: [{ text: "1200000,2400000,3600000" }],
  });
});
