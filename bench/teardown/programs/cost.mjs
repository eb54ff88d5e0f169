// Prints what one thing costs: ms to start and MB of memory. Argument: registry, watchdog or context.
const [what = "registry"] = process.argv.slice(2);
const dist = "../../../dist/builds/current/src";
if (what === "watchdog") await import(`${dist}/lifetime/exit/watchdog.js`);
if (what === "context") await import(`${dist}/index.js`);
const beforeBytes = process.memoryUsage().rss;
const from = performance.now();
const held = await start();
const tookMs = performance.now() - from;
if (what === "watchdog") await new Promise((resolve) => setTimeout(resolve, 100)); // its thread starts in parallel
const grownMb = (process.memoryUsage().rss - beforeBytes) / 1_048_576;
process.stdout.write(`ready\n${JSON.stringify({ tookMs, grownMb })}\n`);
await held?.close?.();
held?.[Symbol.dispose]?.();

async function start() {
  switch (what) {
    case "registry":
      await import(`${dist}/lifetime/cleanup/cleanup-registry.js`);
      return undefined;
    case "watchdog": {
      const { Watchdog } = await import(`${dist}/lifetime/exit/watchdog.js`);
      return new Watchdog(60_000);
    }
    default: {
      const { VoiceContext } = await import(`${dist}/index.js`);
      return await VoiceContext.start({ intents: "demo/en/intents.yaml" });
    }
  }
}
