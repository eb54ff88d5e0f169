import { expect, test } from "vitest";
import { earshot, jsonLines } from "./earshot.ts";

type Heard = { readonly type: string; readonly intent?: { name: string; slots: object } };

async function intentsOf(...args: string[]): Promise<unknown[]> {
  const { code, stdout, stderr } = await earshot(["demo", "--json", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const events = jsonLines(stdout) as Heard[];
  return events
    .filter(({ type }) => type === "intent" || type === "ignored")
    .map(({ intent }) => (intent === undefined ? null : { [intent.name]: intent.slots }));
}

test("the demo understands what its recordings say, and ignores what is no command", async () => {
  expect(await intentsOf()).toEqual([
    { LightsOn: { room: "kitchen" } },
    { SetBrightness: { room: "living room", brightness: 45 } },
    { CloseBlinds: { room: "bedroom" } },
    { SetTimer: { minutes: 25 } },
    { PlayMusic: { genre: "jazz", room: "living room" } },
    null,
    { StopMusic: {} },
  ]);
});

test("the demo in French", async () => {
  expect(await intentsOf("--language", "fr")).toEqual([
    { LightsOn: { room: "cuisine" } },
    { SetBrightness: { room: "salon", brightness: 45 } },
    { CloseBlinds: { room: "chambre" } },
    { SetTimer: { minutes: 25 } },
    { PlayMusic: { genre: "jazz", room: "salon" } },
    null,
    { StopMusic: {} },
  ]);
});

test("other recordings in their place give other output", async () => {
  expect(await intentsOf("demo/en/7.flac", "demo/en/3.flac")).toEqual([
    { StopMusic: {} },
    { CloseBlinds: { room: "bedroom" } },
  ]);
});
