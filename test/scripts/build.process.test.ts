import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { toPcm16 } from "../helpers/speech.ts";
import { CheckoutCopy, endOf } from "./checkout-copy.ts";

const LIMIT_MS = 120_000;
const RUN = ["run", "--json", "--intents", "demo/en/intents.yaml", "--input", "-"];
/** The entry of the thread of the skills. */
const WORKER = "src/skills/host/worker.ts";
const SKILL = 'import { onIntent } from "earshot/skills"; onIntent("LightsOn", () => "SAID");';

test("a program that runs goes on while the checkout is built again, and starts new threads", {
  timeout: LIMIT_MS,
}, async () => {
  using checkout = new CheckoutCopy();
  expect(await checkout.build()).toMatchObject({ code: 0 });
  const skills = path.join(checkout.folder, "skills");
  mkdirSync(skills);
  writeFileSync(path.join(skills, "lights.mjs"), SKILL.replace("SAID", "First."));
  const program = checkout.earshot(...RUN, "--skills", skills, "--reload-on-hup");
  const ended = endOf(program);
  const until = (part: string): Promise<void> =>
    new Promise((resolve, reject) => {
      let seen = "";
      program.stdout?.on("data", (text: string) => (seen += text).includes(part) && resolve());
      void ended.then(({ output }) => reject(new Error(`It ended without ${part}: ${output}`)));
    });
  const ready = until('"ready"');
  program.stdin?.write(Buffer.alloc(32_000)); // what comes on stdin is looked at before it is ready
  await ready;
  for (let i = 0; i < 2; i++) {
    checkout.edit(`if (${i} < 2) throw new Error("another build");\n`, WORKER);
    expect(await checkout.build()).toMatchObject({ code: 0 });
  }
  const reloaded = until('"reloaded"');
  writeFileSync(path.join(skills, "lights.mjs"), SKILL.replace("SAID", "Second."));
  program.kill("SIGHUP"); // the thread of the skills is started anew, from the first build
  await reloaded;
  const said = until("Second.");
  program.stdin?.end(toPcm16(await readAudio("demo/en/1.flac")));
  await said;
  expect(await ended).toMatchObject({ code: 0 });
});

test("while builds replace each other, the command always starts; two at once both succeed", {
  timeout: LIMIT_MS,
}, async () => {
  using checkout = new CheckoutCopy();
  await checkout.build();
  checkout.edit();
  const building = new AbortController();
  const builds = Promise.all([checkout.build(), checkout.build()]).finally(() => building.abort());
  const failures: string[] = [];
  do {
    const { code, output } = await endOf(checkout.earshot("--version"));
    if (code !== 0) failures.push(output);
  } while (!building.signal.aborted);
  expect(failures).toEqual([]);
  expect(await builds).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(checkout.builds()).toHaveLength(2);
});

test("a build that does not compile leaves the one before in force, and nothing else", {
  timeout: LIMIT_MS,
}, async () => {
  using checkout = new CheckoutCopy();
  await checkout.build();
  const entry = path.join(checkout.folder, "dist/bin/earshot.js");
  const before = readFileSync(entry, "utf8");
  checkout.edit("const wrong: number = 'text';\n");
  expect(await checkout.build()).toMatchObject({
    code: 1,
    output: expect.stringContaining("package-version.ts"),
  });
  expect(readFileSync(entry, "utf8")).toBe(before);
  expect(await endOf(checkout.earshot("--version"))).toMatchObject({ code: 0 });
  expect(checkout.builds()).toHaveLength(1);
});

test("a replaced build goes when nobody can be using it: never the last two, never within an hour", {
  timeout: LIMIT_MS,
}, async () => {
  using checkout = new CheckoutCopy();
  await checkout.build();
  const [first = ""] = checkout.builds();
  for (let i = 0; i < 2; i++) {
    checkout.edit();
    await checkout.build();
  }
  expect(checkout.builds()).toHaveLength(3);
  const hoursAgo = Date.now() / 1_000 - 2 * 3_600;
  for (const name of checkout.builds()) {
    const mark = path.join(checkout.folder, "dist/builds", name, ".replaced");
    if (!existsSync(mark)) continue;
    const atSeconds = name === first ? hoursAgo - 60 : hoursAgo;
    utimesSync(mark, atSeconds, atSeconds);
  }
  await checkout.build();
  expect(checkout.builds()).toHaveLength(2);
  expect(checkout.builds()).not.toContain(first);
});
