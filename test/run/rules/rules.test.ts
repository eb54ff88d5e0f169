import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SlotValue } from "../../../src/grammar/automaton.ts";
import { toIntentCheck, type Verdict } from "../../../src/run/rules/intent-check.ts";
import { loadRules } from "../../../src/run/rules/load-rules.ts";
import { similarity } from "../../../src/run/rules/similarity.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "rules-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(text: string, name = "music.yaml"): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const MUSIC = `language: en
intents:
  SetVolume:
    data: [{ sentences: ["volume {level}"] }]
    check:
      slots: { level: { required: true, min: 5, max: 50 } }
      replies: { capped: volume.capped, missing: volume.which, accepted: volume.set }
  Play:
    data: [{ sentences: ["play {title}"] }]
    check:
      slots: { title: { catalogue: [The Köln Concert, Kind of Blue, Blue Train] }, room: { required: true } }
      replies: { hedged: play.perhaps, rejected: play.unknown }
  Stop:
    data: [{ sentences: ["stop"] }]
`;

function judge(name: string, slots: Record<string, SlotValue>, yaml = MUSIC): Verdict | undefined {
  return toIntentCheck(loadRules([write(yaml)], "en"))({ name, slots, confidence: 1 });
}

test.each([
  [30, "accepted", 30, "volume.set"],
  [50, "accepted", 50, "volume.set"],
  [80, "capped", 50, "volume.capped"],
  [0, "capped", 5, "volume.capped"],
])("a volume of %i is %s: %i", (level, outcome, value, reply) => {
  expect(judge("SetVolume", { level })).toMatchObject({ outcome, slots: { level: value }, reply });
});

test("a slot that is required and not there is missing; the others are as they were", () => {
  expect(judge("SetVolume", { room: "hall" })).toEqual({
    outcome: "missing",
    slots: { room: "hall" },
    findings: [{ outcome: "missing", slot: "level" }],
    reply: "volume.which",
  });
});

test.each([
  ["kind of blue", "confirmed", "Kind of Blue"],
  ["Kind of Blue", "accepted", "Kind of Blue"],
  ["the koln concert", "confirmed", "The Köln Concert"],
  ["blue kind of", "confirmed", "Kind of Blue"],
  ["the cologne concert", "hedged", "The Köln Concert"],
  ["jingle bells", "rejected", "jingle bells"],
])('"%s" is %s: %s', (title, outcome, value) => {
  expect(judge("Play", { title, room: "hall" })).toMatchObject({
    outcome,
    slots: { title: value },
  });
});

test("the worst of several findings decides", () => {
  expect(judge("Play", { title: "the cologne concert" })).toMatchObject({ outcome: "missing" });
  expect(judge("Play", { title: "jingle bells" })).toMatchObject({
    outcome: "rejected",
    reply: "play.unknown",
    findings: [{ slot: "title" }, { slot: "room" }],
  });
});

test("an intent without rules is not judged", () => {
  expect(judge("Stop", {})).toBeUndefined();
});

test("similarity is from 0 to 1, the same both ways, and 1 for the same", () => {
  const names = ["Blue Train", "blue trane", "", "Ça ira", "ca ira!", "?"];
  for (const a of names) {
    for (const b of names) {
      expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
      expect(similarity(a, b)).toBeLessThanOrEqual(1);
      expect(similarity(a, b)).toBe(similarity(b, a));
    }
  }
  expect(similarity("Ça ira", "ca ira!")).toBe(1);
});

test("thresholds can be set; a catalogue can be a file beside it", () => {
  write("# records\nKind of Blue\n\nBlue Train\n", "records.txt");
  const yaml = MUSIC.replace(
    /\{ catalogue: .*?\] \}/,
    "{ catalogue: records.txt, reject_below: 0, confirm_from: 0.2 }",
  );
  expect(judge("Play", { title: "train", room: "hall" }, yaml)).toMatchObject({
    outcome: "confirmed",
    slots: { title: "Blue Train" },
  });
});

test("the layout of one intent a folder has its check at the top", () => {
  write("data: [{ sentences: [stop] }]\ncheck: { slots: { level: { max: 3 } } }", "Loud/area.yaml");
  expect([...loadRules([folder], "en").keys()]).toEqual(["Loud"]);
});

test("files of another language are passed over", () => {
  expect(loadRules([write(MUSIC)], "fr").size).toBe(0);
});

test.each([
  [
    "min: 5",
    "mn: 5",
    /music\.yaml:6:\d+: unknown key "mn" in the check of slot level; did you mean "min"/,
  ],
  ["max: 50", "max: 3", /max must be at least min, 5/],
  ["max: 50", "max: loud", /music\.yaml:6:\d+: max: expected a number here, not "loud"/],
  ["capped: volume", "caped: volume", /unknown key "caped" in the replies of SetVolume/],
  ["[The Köln Concert, Kind of Blue, Blue Train]", "[]", /the catalogue has no names/],
  ["[The Köln Concert, Kind of Blue, Blue Train]", "none.txt", /none\.txt cannot be read/],
  ["catalogue:", "reject_below: 2, catalogue:", /expected a number from 0 to 1/],
  ["catalogue:", "reject_below: 0.9, catalogue:", /reject_below must not be above confirm_from/],
])("a mistake is named with its place: %s → %s", (right, wrong, message) => {
  expect(() => loadRules([write(MUSIC.replace(right, wrong))], "en")).toThrow(
    expect.objectContaining({ code: "TEMPLATES_INVALID", message: expect.stringMatching(message) }),
  );
});
