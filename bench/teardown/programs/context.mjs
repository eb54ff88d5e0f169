// Argument: bare (no context), idle, or busy (recognising without a pause).
const [state = "bare"] = process.argv.slice(2);
if (state === "bare") {
  setInterval(() => {}, 60_000);
} else {
  const { VoiceContext } = await import("../../../dist/src/index.js");
  const context = await VoiceContext.start({
    intents: "demo/en/intents.yaml",
    handleSignals: true,
  });
  await context.recognize("demo/en/7.flac");
  setInterval(() => {}, 60_000);
  if (state === "busy") void recogniseForever(context);
}
process.stdout.write("ready\n");

async function recogniseForever(context) {
  try {
    for (;;) await context.recognize("demo/en/7.flac");
  } catch (error) {
    if (!context.signal.aborted) throw error;
  }
}
