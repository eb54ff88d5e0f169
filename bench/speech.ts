/**
 * How well recordings of people are understood: coffee orders, clean and in kitchen noise; digits; what is
 * taken for a command and is none; pocketsphinx beside it on the same samples. Run:
 *
 *     npm run bench:speech [-- --step 4] [-- --no-peer]     (--step N: every Nth recording)
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Scope } from "../src/context/scope.ts";
import type { Automaton } from "../src/grammar/automaton.ts";
import { SpeechToText } from "../src/stt/speech-to-text.ts";
import {
  coffeeAutomaton,
  coffeeJsgf,
  DIGIT_WORDS,
  digitsAutomaton,
  digitsJsgf,
  homeAutomaton,
} from "./speech/grammars.ts";
import { type Answer, answerOf, answerOfText, type Figures, judge } from "./speech/judge.ts";
import { askPocketsphinx, findPocketsphinx } from "./speech/pocketsphinx.ts";
import {
  coffeeLabels,
  DATA,
  hasRecordings,
  inNoise,
  kitchenPieces,
  readFolder,
  readKitchen,
  type Recording,
} from "./speech/recordings.ts";

const SNRS_DB = [24, 18, 12, 6];
const SEED = 1;
const RESULTS = path.resolve(import.meta.dirname, "results");

type Row = Figures & { readonly set: string; readonly system: string };

if (hasRecordings()) await main();
else console.error(`SKIPPED: there are no recordings in ${DATA}; nothing was measured.`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { step: { type: "string", default: "1" }, "no-peer": { type: "boolean" } },
  });
  const step = Number(values.step);
  const python = values["no-peer"] === true ? undefined : await findPocketsphinx();
  const rssBefore = process.memoryUsage().rss;
  await using scope = new Scope("bench");
  const stt = await SpeechToText.open(scope, { language: "en" });

  console.log(
    `Node ${process.version}; accept: intent and labelled slots right; strict: no slot more`,
  );
  console.log("set                         system          n  accept  strict  rejected     RTF");
  const rows: Row[] = [];
  const add = (row: Row): void => {
    rows.push(row);
    console.log(line(row));
  };

  const labels = coffeeLabels();
  const clean = await readFolder("coffee-en/audio", step);
  const wanted = clean.map(({ name }) => ({ intent: "orderDrink", slots: labels.get(name) ?? {} }));
  const kitchen = await readKitchen();
  const coffee = coffeeAutomaton();
  let peerRssMb = 0;
  const compare = async (
    set: string,
    recordings: readonly Recording[],
    expected: readonly Answer[],
    automaton: Automaton,
    jsgf: string,
  ): Promise<void> => {
    add({ set, system: "earshot", ...(await hear(stt, recordings, expected, automaton)) });
    if (python === undefined) return;
    const peer = await askPocketsphinx(python, jsgf, recordings);
    const answers = peer.texts.map((text) => answerOfText(automaton, text));
    const factor = peer.seconds / secondsOf(recordings);
    peerRssMb = Math.max(peerRssMb, peer.peakRssMb);
    add({ set, system: "pocketsphinx", ...judge(answers, expected, factor) });
  };

  await compare("coffee-en, clean", clean, wanted, coffee, coffeeJsgf());
  for (const snrDb of SNRS_DB) {
    const noisy = inNoise(clean, kitchen, snrDb, SEED);
    await compare(`coffee-en, kitchen ${snrDb} dB`, noisy, wanted, coffee, coffeeJsgf());
  }
  const digits = await readFolder("digits-en", step);
  const spoken = digits.map(({ name }) => ({ intent: DIGIT_WORDS[Number(name[0])]!, slots: {} }));
  await compare("digits-en", digits, spoken, digitsAutomaton(), digitsJsgf());

  console.log("\nTaken for a command though it is none");
  const outside = {
    "wake-en": await readFolder("wake-en", step),
    "digits-en": digits,
    librispeech: await readFolder("librispeech-unlabelled", step),
    "kitchen noise alone": await kitchenPieces(),
  };
  const falseAccepts: { set: string; templates: string; recordings: number; share: number }[] = [];
  for (const [templates, automaton] of [
    ["coffee", coffee],
    ["Home Assistant", homeAutomaton()],
  ] as const) {
    for (const [set, recordings] of Object.entries(outside)) {
      const none = recordings.map(() => ({ intent: null, slots: {} }));
      const { rejected, realTimeFactor } = await hear(stt, recordings, none, automaton);
      falseAccepts.push({ set, templates, recordings: recordings.length, share: 1 - rejected });
      const share = `${(100 * (1 - rejected)).toFixed(1)} %`.padStart(7);
      const count = String(recordings.length).padStart(5);
      console.log(
        `${templates.padEnd(15)} ${set.padEnd(20)} ${count} ${share}  RTF ${realTimeFactor.toFixed(4)}`,
      );
    }
  }
  const memory = {
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
    rssBeforeMb: Math.round(rssBefore / 2 ** 20),
    peerPeakRssMb: Math.round(peerRssMb),
  };
  console.log(
    `\nMemory: ${memory.rssMb} MB with all recordings in it (${memory.rssBeforeMb} before the model); pocketsphinx ${memory.peerPeakRssMb} MB`,
  );
  mkdirSync(RESULTS, { recursive: true });
  const results = { node: process.version, seed: SEED, step, rows, falseAccepts, memory };
  writeFileSync(path.join(RESULTS, "speech.json"), JSON.stringify(results, null, 2));
}

async function hear(
  stt: SpeechToText,
  recordings: readonly Recording[],
  expected: readonly Answer[],
  automaton: Automaton,
): Promise<Figures> {
  await stt.setGrammar(automaton);
  const answers: Answer[] = [];
  const started = performance.now();
  for (const { samples } of recordings) answers.push(answerOf(await stt.recognize(samples)));
  const seconds = (performance.now() - started) / 1000;
  return judge(answers, expected, seconds / secondsOf(recordings));
}

function secondsOf(recordings: readonly Recording[]): number {
  return recordings.reduce((sum, { samples }) => sum + samples.length, 0) / 16_000;
}

function line(row: Row): string {
  return [
    row.set.padEnd(27),
    row.system.padEnd(12),
    String(row.recordings).padStart(4),
    percent(row.accept),
    percent(row.strict),
    percent(row.rejected).padStart(9),
    row.realTimeFactor.toFixed(4).padStart(8),
  ].join(" ");
}

function percent(value: number): string {
  return (100 * value).toFixed(1).padStart(7);
}
