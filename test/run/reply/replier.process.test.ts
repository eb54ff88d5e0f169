import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAudio } from "../../../src/audio/formats/read-audio.ts";
import { Scope } from "../../../src/lifetime/scope.ts";
import { Replier, type ReplyEvent } from "../../../src/run/reply/replier.ts";
import { ReplyTexts } from "../../../src/run/reply/reply-texts.ts";
import { Speaker } from "../../../src/run/reply/speaker.ts";
import { processTable } from "../../helpers/process-table.ts";

let scope: Scope;
let folder: string;
let events: ReplyEvent[];

beforeEach(() => {
  scope = new Scope("test");
  folder = mkdtempSync(path.join(tmpdir(), "reply-"));
  events = [];
});
afterEach(async () => {
  await scope.close();
  rmSync(folder, { recursive: true });
});

function replier(command?: string, options: { limitMs?: number; mute?: () => Disposable } = {}) {
  return new Replier(scope, {
    texts: new ReplyTexts(),
    language: "en",
    speaker: command === undefined ? undefined : new Speaker(scope, command, options),
    mute: options.mute,
    onEvent: (event) => events.push(event),
  });
}

const outcomes = (): unknown[] =>
  events.flatMap((event) => (event.type === "reply-end" ? [event.outcome] : []));
const childrenNow = (): number[] =>
  processTable().flatMap((row) => (row.parentPid === process.pid ? [row.pid] : []));

test("without a command a reply is an event and nothing more", async () => {
  await replier().say({ key: "no.such", text: "Hello\nthere \u001B[2J", utteranceId: "u1" });
  expect(events).toEqual([
    { type: "reply", utteranceId: "u1", text: "Hello there  [2J", key: "no.such" },
  ]);
});

test("a real synthesiser gets the text on its input, and what it makes is speech", async () => {
  const file = path.join(folder, "said.wav");
  await replier(`espeak-ng -v fr -w ${file}`).say({ text: "La lumière est allumée." });
  expect(outcomes()).toEqual(["said"]);
  expect((await readAudio(file)).length).toBeGreaterThan(16_000);
});

test("the text takes the place of {text}, whatever is in it", async () => {
  const file = path.join(folder, "said");
  const text = "$(exit 9) 'quoted' $& \"two\"";
  await replier(`sh -c 'printf %s "$1" > "$2"' sh {text} "${file}"`).say({ text });
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("replies are spoken one after another, in order, with the ears closed", async () => {
  const file = path.join(folder, "said");
  let muted = 0;
  const mute = (): Disposable => {
    muted++;
    return { [Symbol.dispose]: () => void muted-- };
  };
  const say = replier(`sh -c 'cat >> "$1"; echo end >> "$1"' sh ${file}`, { mute });
  const both = ["one", "two"].map((text) => say.say({ text }));
  expect(muted).toBe(1);
  await Promise.all(both);
  expect(muted).toBe(0);
  expect(readFileSync(file, "utf8")).toBe("one\nend\ntwo\nend\n");
});

test("one that hangs is killed at the limit, with what it had started, and the next is spoken", async () => {
  const say = replier("sh -c 'trap \"\" TERM; read word; [ $word = go ] || { sleep 600; }'", {
    limitMs: 300,
  });
  await say.say({ text: "hang" });
  await say.say({ text: "go" });
  expect(outcomes()).toEqual(["failed", "said"]);
  expect(events[1]).toMatchObject({
    code: "REPLY_FAILED",
    message: expect.stringMatching(/took longer than 300 ms/),
  });
  expect(childrenNow()).toEqual([]);
});

test.each([
  ["sh -c 'yes >&2'", /wrote without end/],
  ["sh -c 'echo no such voice >&2; exit 3'", /ended with 3: no such voice/],
  ["sh -c 'kill -9 $$'", /ended with SIGKILL/],
])("one that floods or fails is told and gone: %s", async (command, message) => {
  await replier(command).say({ text: "hello" });
  expect(events[1]).toMatchObject({
    outcome: "failed",
    code: "REPLY_FAILED",
    message: expect.stringMatching(message),
  });
  expect(childrenNow()).toEqual([]);
});

test("one that floods its output harms nobody", async () => {
  await replier("sh -c 'head -c 100000000 /dev/zero'").say({ text: "hello" });
  expect(outcomes()).toEqual(["said"]);
});

test("an interruption cuts off what is spoken and drops what waits", async () => {
  const say = replier("sleep 600");
  const all = ["one", "two", "three"].map((text) => say.say({ text }));
  expect(say.isSpeaking).toBe(true);
  say.interrupt();
  await Promise.all(all);
  expect(outcomes()).toEqual(["interrupted", "interrupted", "interrupted"]);
  expect(say.isSpeaking).toBe(false);
  expect(childrenNow()).toEqual([]);
});

test("no more than eight wait: the oldest is dropped, and told", async () => {
  const say = replier("sleep 600");
  const all = Array.from({ length: 11 }, (_, i) => say.say({ text: `${i}` }));
  expect(outcomes()).toEqual(["dropped", "dropped"]);
  say.interrupt();
  await Promise.all(all);
});

test("what is being spoken ends with the scope", async () => {
  const say = replier("sleep 600");
  const said = say.say({ text: "one" });
  await scope.close();
  await said;
  expect(childrenNow()).toEqual([]);
  await say.say({ text: "two" });
  expect(events).toHaveLength(2);
});

test.each(["no-such-program-here -v fr", "/etc/passwd"])(
  "%s is refused before anything",
  (line) => {
    expect(() => new Speaker(scope, line)).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message: expect.stringMatching(/is not installed/),
      }),
    );
  },
);
