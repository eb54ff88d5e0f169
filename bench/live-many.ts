// Several people who speak at once to sessions of one context, at the pace of microphones: from the end of speech to
// the final text beyond the silence that ends an utterance, and the age of partial texts; one session, then several.
// Run: npm run bench -- live-many [sessions]
import { setTimeout as delay } from "node:timers/promises";
import { VoiceContext } from "../src/index.ts";
import type { ListenEvent } from "../src/context/events.ts";
import { session, type Session } from "./live/commands.ts";
import { percentile } from "./statistics.ts";

const COMMANDS = 10;
const PAUSE_MS = 1_600;
const SILENCE_MS = 600;
const CHUNK_SAMPLES = 480; // 30 ms
/** Offset between the beginnings of two sessions, so that they do not speak in unison. */
const STAGGER_MS = 730;

const most = Number(process.argv[2] ?? 8);
const speech = await session(COMMANDS, PAUSE_MS);
console.log(
  `${COMMANDS} commands a session: ${speech.description}; silence ${SILENCE_MS} ms; Node ${process.version}`,
);
await using ctx = await VoiceContext.start({ intents: speech.intents });
await measure(1); // warms up
for (const count of [1, most]) print(count, await measure(count));

type Times = {
  /** Latency of each command that was understood, ms. */
  readonly finals: readonly number[];
  readonly partialAges: readonly number[];
};

async function measure(sessions: number): Promise<Times> {
  const all = await Promise.all(
    Array.from({ length: sessions }, async (_, i) => {
      await delay(i * STAGGER_MS);
      return listenTo(speech);
    }),
  );
  return {
    finals: all.flatMap(({ finals }) => finals),
    partialAges: all.flatMap(({ partialAges }) => partialAges),
  };
}

async function listenTo({ samples, spoken }: Session): Promise<Times> {
  const beganMs = Date.now();
  const seen: { readonly event: ListenEvent; readonly atMs: number }[] = [];
  const audio = paced(samples, beganMs);
  for await (const event of ctx.listen(audio, { silenceMs: SILENCE_MS })) {
    seen.push({ event, atMs: Date.now() - beganMs });
  }
  const intents = seen.filter(({ event }) => event.type === "intent");
  const finals = spoken.flatMap(({ endSample }, i) => {
    const [endMs, nextMs] = [endSample / 16, (spoken[i + 1]?.endSample ?? Infinity) / 16];
    const final = intents.find(({ atMs }) => atMs > endMs && atMs < nextMs);
    return final === undefined ? [] : [final.atMs - endMs - SILENCE_MS];
  });
  const partialAges = seen.flatMap(({ event, atMs }) =>
    event.type === "partial" ? [atMs - event.heardMs] : [],
  );
  return { finals, partialAges };
}

/** Yields each chunk when a microphone would have recorded its last sample. */
async function* paced(samples: Float32Array, beganMs: number): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += CHUNK_SAMPLES) {
    const chunk = samples.subarray(at, at + CHUNK_SAMPLES);
    await delay(Math.max(0, beganMs + (at + chunk.length) / 16 - Date.now()));
    yield chunk;
  }
}

function print(sessions: number, { finals, partialAges }: Times): void {
  console.log(
    `${sessions} at once: ${finals.length} of ${sessions * COMMANDS} understood; ` +
      `end of speech → intent, beyond the silence: ${figures(finals)}; ` +
      `age of a partial text (${partialAges.length}): ${figures(partialAges)}`,
  );
}

function figures(values: readonly number[]): string {
  const [p50, p95] = [0.5, 0.95].map((share) => percentile(values, share).toFixed(0));
  return `p50 ${p50}, p95 ${p95} ms`;
}
