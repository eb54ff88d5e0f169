import path from "node:path";
import { VoiceContext } from "earshot";
import { voiceTest } from "earshot/testing";
import { expect, test } from "vitest";

const voiceOptions = { intents: "node_modules/earshot/demo/en/intents.yaml" };
const recording = path.resolve("node_modules/earshot/demo/en/7.flac");

test("forgets a busy context", async () => {
  const voice = await VoiceContext.start(voiceOptions);
  await recogniseForever(voice);
});

voiceTest.extend({ voiceOptions: [voiceOptions, { scope: "file" }] })(
  "never ends",
  { timeout: 5_000 },
  async ({ voice }) => {
    await recogniseForever(voice);
    await new Promise(() => {});
  },
);

/** Resolves once the first recognition is done, and goes on recognising. */
async function recogniseForever(voice) {
  expect((await voice.recognize(recording)).intent?.name).toBe("StopMusic");
  const forever = async () => {
    for (;;) await voice.recognize(recording);
  };
  forever().catch(() => {});
}
