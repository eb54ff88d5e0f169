import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Scope } from "../../src/lifetime/scope.ts";
import { IntentEngine } from "../../src/intent/engine/intent-engine.ts";
import { folderWith } from "../grammar/templates-of.ts";
import { FRENCH_HOME, HOME } from "./home.ts";

test("texts become intents in a worker, with their context", async () => {
  await using scope = new Scope("test");
  const intents = [folderWith({ "home.yaml": HOME })];
  const engine = await IntentEngine.open(scope, { intents, language: "en" });
  expect(await engine.classify("turn on the bedroom lamp")).toEqual({
    text: "turn on the bedroom lamp",
    language: "en",
    decision: "accept",
    intent: { name: "TurnOn", confidence: 1, slots: { name: "Bedroom Lamp" } },
    candidates: [{ name: "TurnOn", confidence: 1, slots: { name: "Bedroom Lamp" } }],
  });
  expect((await engine.classify("lights off")).decision).toBe("reject");
  const there = await engine.classify("lights off", { context: { area: "attic" } });
  expect(there.intent?.slots).toEqual({ area: "attic" });
  expect(engine.automaton.words).toContain("bedroom");
});

test("words that sound alike match each other", async () => {
  await using scope = new Scope("test");
  const intents = [folderWith({ "maison.yaml": FRENCH_HOME })];
  const engine = await IntentEngine.open(scope, { intents, language: "fr" });
  const meant = await engine.classify("maie le radiateur à vin pour sans");
  expect(meant.intent).toMatchObject({ name: "Régler", slots: { name: "radiateur", level: 20 } });
});

test("a template that only asks takes names: whole, in part, and with hesitations", async () => {
  await using scope = new Scope("test");
  const yaml = `intents: { Who: { data: [{ sentences: ["who is [in] [the] {place}"] }] }, Light: { data: [{ sentences: [light] }] } }
lists: { place: { wildcard: true } }`;
  const intents = [folderWith({ "who.yaml": yaml })];
  const engine = await IntentEngine.open(scope, { intents, language: "en" });
  const asked = "who is the coach of the chicago bulls";
  for (const text of [asked, `um ${asked}`])
    expect((await engine.classify(text)).intent).toBeNull();
  const there = await engine.classify("light and who is in the dining room");
  expect([there.intent, ...(there.further ?? [])]).toMatchObject([
    { name: "Light" },
    { name: "Who", slots: { place: "dining room" } },
  ]);
});

test("broken templates are refused with their place, and leave nothing behind", async () => {
  await using scope = new Scope("test");
  const folder = folderWith({ "home.yaml": HOME.replace("(add|put)", "(add|put") });
  await expect(
    IntentEngine.open(scope, { intents: [folder], language: "en" }),
  ).rejects.toMatchObject({
    name: "EarshotError",
    code: "TEMPLATES_INVALID",
    place: expect.stringContaining("home.yaml:26:"),
  });
});

test("a reload that fails leaves the old templates in force; one that succeeds replaces them", async () => {
  await using scope = new Scope("test");
  const file = path.join(folderWith({ "home.yaml": HOME }), "home.yaml");
  const options = { intents: [file], language: "en" } as const;
  const engine = await IntentEngine.open(scope, options);
  writeFileSync(file, HOME.replaceAll("lamp", "<lantern>"));
  await expect(engine.reload(options)).rejects.toMatchObject({ code: "TEMPLATES_INVALID" });
  expect((await engine.classify("turn on the lamp")).decision).toBe("accept");
  writeFileSync(file, HOME.replaceAll("lamp", "chandelier"));
  await engine.reload(options);
  expect((await engine.classify("turn on the chandelier")).decision).toBe("accept");
  expect((await engine.classify("turn on the lamp")).intent).toBeNull();
});

test("a closed engine refuses, a cancelled call rejects with its reason", async () => {
  await using scope = new Scope("test");
  const intents = [folderWith({ "home.yaml": HOME })];
  const engine = await IntentEngine.open(scope, { intents, language: "en" });
  const signal = AbortSignal.abort(new Error("never mind"));
  await expect(engine.classify("lights off", { signal })).rejects.toThrow("never mind");
  await engine.close();
  await expect(engine.classify("lights off")).rejects.toMatchObject({ name: "EarshotError" });
});

test("a misspelt option is refused, not ignored", async () => {
  await using scope = new Scope("test");
  const options = { intents: ["x"], language: "en", list: ["y"] } as const;
  await expect(IntentEngine.open(scope, options)).rejects.toThrow(
    'unknown option "list" of IntentEngine; did you mean "lists"?',
  );
});

test("a path in place of a list of paths is refused, not read as its characters", async () => {
  await using scope = new Scope("test");
  const intents = [folderWith({ "home.yaml": HOME })];
  const engine = await IntentEngine.open(scope, { intents, language: "en" });
  for (const name of ["intents", "lists"]) {
    const reloading = engine.reload({ [name]: "/home.yaml" });
    await expect(reloading).rejects.toThrow(`${name} must be a list of paths`);
  }
});

test.each([[-1], [101], [Number.NaN]])("a threshold of %d is refused", async (fuzzyThreshold) => {
  await using scope = new Scope("test");
  const options = { intents: ["x"], language: "en", fuzzyThreshold } as const;
  await expect(IntentEngine.open(scope, options)).rejects.toThrow(RangeError);
});
