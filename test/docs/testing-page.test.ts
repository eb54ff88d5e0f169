import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ScriptedRecognizer } from "../../src/testing/index.ts";

const PAGE = path.resolve(import.meta.dirname, "../../docs/testing.md");

/** The example of docs/testing.md, word for word: the test below compares them. */
const example = async (): Promise<void> => {
  // example
  const speech = new ScriptedRecognizer([
    { text: "what a day" }, // no intent: rejected
    { silenceMs: 2_000 },
    { text: "timer for five minutes", intent: { name: "SetTimer", slots: { minutes: 5 } } },
  ]);
  const minutes: unknown[] = [];
  for await (const event of speech.listen()) {
    if (event.type === "intent") minutes.push(event.intent?.slots["minutes"]);
  }
  expect(minutes).toEqual([5]);
  // end of the example
};

test("the example of a scripted recogniser does what the page says", async () => {
  const own = readFileSync(import.meta.filename, "utf8");
  const [, body = "none"] = /^ {2}\/\/ example\n(.*?)^ {2}\/\/ end/ms.exec(own) ?? [];
  expect(readFileSync(PAGE, "utf8")).toContain(body);
  await example();
});
